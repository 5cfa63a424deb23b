import type { AddressInfo } from "node:net";
import type { Emulator } from "./emulator";
import type { EmulatorOptions } from "./emulatorOptions";
import { InjectedFaults } from "./faults/injectedFaults";
import { Organization } from "./organization/organization";
import { Packs } from "./organization/packs";
import type { EmulatedRequest } from "./server/emulatedRequest";
import { serve, stop } from "./server/httpServer";
import { Limits } from "./server/limits";
import { RequestHandler } from "./server/requestHandler";
import { Services } from "./services/services";
import { Sessions } from "./services/sessions";

const defaultRegion = "us-east-1";

/**
 * Starts a stand-in for AWS Config, Organizations and STS on 127.0.0.1.
 *
 * It speaks AWS's own protocols: any AWS client that has `endpoint` as its endpoint works, with any credentials.
 * Signatures are not verified; the region is read from them.
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const services = servicesOf(options);
  const faults = new InjectedFaults();
  const requests: EmulatedRequest[] = [];
  const handler = new RequestHandler({
    services,
    faults,
    limits: new Limits(options),
    log: requests,
    latencyMs: options.latencyMs ?? 0,
    onRequest: options.onRequest ?? (() => undefined),
  });
  const server = await serve(options.port ?? 0, (request, response) => handler.handle(request, response));
  return {
    endpoint: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    requests,
    ...controlsOf(services, faults),
    stop: () => stop(server),
  };
}

function servicesOf(options: EmulatorOptions): Services {
  const { membersOfNewPacks = { members: 10 }, rolloutMs = 0 } = options;
  const packs = new Packs({ membersOfNewPacks, rolloutMs });
  for (const pack of options.packs ?? []) packs.add(pack, pack.region ?? defaultRegion);
  return new Services(packs, new Organization(packs, options.organization), new Sessions());
}

function controlsOf(
  { packs, organization }: Services,
  faults: InjectedFaults,
): Omit<Emulator, "endpoint" | "requests" | "stop"> {
  return {
    setMembers: (packName, members, region = defaultRegion) => {
      packs.setMembers(packName, region, members);
    },
    planMembers: (packName, members, region = defaultRegion) => {
      packs.plan(packName, region, members);
    },
    setAggregate: (packName, status, region = defaultRegion) => {
      packs.setAggregate(packName, region, status);
    },
    setOrganization: (replacement) => {
      organization.set(replacement);
    },
    injectFault: (fault) => {
      faults.inject(fault);
    },
    clearFaults: () => {
      faults.clear();
    },
  };
}
