import * as settings from "@pulumi/pulumi/runtime/settings";

/**
 * An engine listens on a free port, which may be that of an engine before it. The connections of a process are shared by
 * address: the first call to the new engine would fail on the broken connection to the old one. Here each client has its
 * own.
 */
const { grpcClientOptions } = settings as unknown as { grpcClientOptions: Record<string, unknown> };
grpcClientOptions["grpc.use_local_subchannel_pool"] = 1;
