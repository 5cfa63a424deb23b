import * as pulumi from "@pulumi/pulumi";
import { PackStatusProvider } from "../../provider/dynamicProvider";

afterEach(() => {
  pulumi.runtime.setAllConfig({});
});

/** Gives the stack the settings that reach an emulator, and returns the provider of its gates. */
export async function stackProvider({ endpoint }: { readonly endpoint: string }): Promise<PackStatusProvider> {
  const config: Record<string, string> = {
    "aws:region": "us-east-1",
    "aws:accessKey": `AKIA${endpoint.replace(/\D/g, "")}`,
    "aws:secretKey": "the-secret-of-the-stack",
    "aws:maxRetries": "0",
    "aws:endpoints": JSON.stringify([{ configservice: endpoint, organizations: endpoint, sts: endpoint }]),
  };
  pulumi.runtime.setAllConfig(config);
  const provider = new PackStatusProvider();
  await provider.configure({ config: { get: (key: string) => config[key] } as never });
  return provider;
}
