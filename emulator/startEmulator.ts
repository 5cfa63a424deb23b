import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { AwsFault } from "./services/awsFault";
import { configOperations, requireOrganizationAccess } from "./services/configService";
import { type EmulatedOrganization, Organization } from "./organization/emulatedOrganization";
import { actionOf, bend, type Fault, Faults, throwAwsError } from "./faults/fault";
import type { EmulatedMembers } from "./organization/emulatedMembers";
import { organizationsOperations } from "./services/organizations";
import { type EmulatedPack, Packs } from "./organization/packs";
import { ownerOf, queryError, Sessions, type Signature } from "./services/sts";
import { type RateLimit, TokenBucket } from "./services/tokenBucket";

/** What the emulator starts with. */
export interface EmulatorOptions {
  readonly packs?: readonly EmulatedPack[];
  /** The members that a pack gets when `PutOrganizationConformancePack` makes it. Default: 10 healthy accounts. */
  readonly membersOfNewPacks?: EmulatedMembers;
  /**
   * How long `PutOrganizationConformancePack` takes to reach all members, in milliseconds. They finish one after
   * another, evenly spread. Default 0: at once.
   */
  readonly rolloutMs?: number;
  /**
   * The organization. With it, only the management account and the delegated administrators may ask for packs and
   * accounts. Default: the management account and every account that has a pack, and nobody is refused.
   */
  readonly organization?: EmulatedOrganization;
  /** How long each answer takes, in milliseconds. Default 0. */
  readonly latencyMs?: number;
  /** How many requests AWS Config takes in each region; the others are throttled. Default: all. */
  readonly rateLimit?: RateLimit;
  /** The IAM actions that callers have; any other is denied. Default: all. `sts:GetCallerIdentity` needs none. */
  readonly allowedActions?: readonly string[];
  /** Is called before each answer is made, so that what AWS knows can change between two requests. */
  readonly onRequest?: (request: EmulatedRequest) => void;
  /** Default: one that is free. */
  readonly port?: number;
}

/** One request that was answered, without its credentials. */
export interface EmulatedRequest {
  /** For example `GetOrganizationConformancePackDetailedStatus`. */
  readonly operation: string;
  /** The region that the request was signed for. */
  readonly region: string;
  /** The ARN of the user or assumed role that signed it. */
  readonly principal: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** A running emulator. */
export interface Emulator {
  /** For example `http://127.0.0.1:41234`. Give it to a client as its endpoint. */
  readonly endpoint: string;
  /** Every request so far, the oldest first. */
  readonly requests: readonly EmulatedRequest[];
  /** Replaces all members of a pack at once, and so ends its rollout. */
  setMembers(packName: string, members: EmulatedMembers, region?: string): void;
  /**
   * Says what the members of a pack are once its next `PutOrganizationConformancePack` is rolled out; used by that
   * one only. Unplanned, a pack keeps its members, and one that is new gets `membersOfNewPacks`.
   */
  planMembers(packName: string, members: EmulatedMembers, region?: string): void;
  /** Says a pack's own status, whatever its rows say. `undefined` computes it from the rows again. */
  setAggregate(packName: string, status: string | undefined, region?: string): void;
  /** Replaces the organization. */
  setOrganization(organization: EmulatedOrganization): void;
  /** Makes matching requests fail from now on. */
  injectFault(fault: Fault): void;
  /** Takes all faults back. */
  clearFaults(): void;
  /** Closes the port and every connection. */
  stop(): Promise<void>;
}

const defaultRegion = "us-east-1";
/** What the names in `X-Amz-Target` begin with. */
const configTarget = "StarlingDoveService";
const organizationsTarget = "AWSOrganizationsV20161128";
const maxBodyBytes = 1024 * 1024;
/** What a client that is slow, or many of them, can hold. */
const serverLimits = {
  maxConnections: 1_024,
  headersTimeoutMs: 5_000,
  requestTimeoutMs: 10_000,
  checkEveryMs: 1_000,
} as const;

/**
 * Starts a stand-in for AWS Config, Organizations and STS on 127.0.0.1.
 *
 * It speaks AWS's own wire: any AWS client that is pointed at `endpoint`, with any credentials, works. Signatures
 * are not verified; the region is read from them.
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const { membersOfNewPacks = { members: 10 }, rolloutMs = 0 } = options;
  const packs = new Packs({ membersOfNewPacks, rolloutMs });
  const organization = new Organization(packs, options.organization);
  const faults = new Faults();
  const sessions = new Sessions();
  const requests: EmulatedRequest[] = [];
  for (const pack of options.packs ?? []) packs.add(pack, pack.region ?? defaultRegion);

  const allowed = options.allowedActions && new Set([...options.allowedActions, "sts:GetCallerIdentity"]);
  const isAllowed = (operation: string): boolean => allowed?.has(actionOf(operation)) ?? true;
  const buckets = new Map<string, TokenBucket>();
  const bucketOf = (region: string): TokenBucket | undefined => {
    if (options.rateLimit && !buckets.has(region)) buckets.set(region, new TokenBucket(options.rateLimit));
    return buckets.get(region);
  };

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const requestId = randomUUID();
    response.setHeader("x-amzn-RequestId", requestId);
    // Before its body is read: a page that a browser was lured to may send it.
    if (!/^(127\.0\.0\.1|localhost)(:\d{1,5})?$/i.test(request.headers.host ?? "")) {
      hangUp(response, 403, "This emulator answers only as 127.0.0.1 or localhost.");
      return;
    }
    const body = await bodyOf(request);
    if (body === undefined) {
      hangUp(response, 413, `A request body is larger than ${String(maxBodyBytes)} bytes.`);
      return;
    }
    const target = String(request.headers["x-amz-target"] ?? "");
    const form = target === "" ? new URLSearchParams(body) : undefined;
    const [targetPrefix = "", targetOperation = ""] = target.split(".");
    const operation = form?.get("Action") ?? targetOperation;
    const fail = (fault: AwsFault): void => {
      if (form) {
        send(response, fault.httpStatus, "text/xml", queryError(fault, requestId));
      } else {
        response.setHeader("x-amzn-ErrorType", fault.code);
        const message = targetPrefix === organizationsTarget ? "Message" : "message";
        sendJson(response, fault.httpStatus, { __type: fault.code, [message]: fault.message, ...fault.members });
      }
    };
    try {
      const signature = signatureOf(request);
      const { region } = signature;
      const principal = sessions.principalOf(signature);
      const input = form ? withoutCredentials(form) : inputOf(body);
      const logged = { operation, region, principal, input };
      requests.push(logged);
      if (options.latencyMs) await delay(options.latencyMs);
      options.onRequest?.(logged);
      if (!isAllowed(operation)) throwAwsError({ kind: "accessDenied" }, operation, principal);
      if (targetPrefix === configTarget && bucketOf(region)?.take() === false) {
        throwAwsError({ kind: "throttling" }, operation, principal);
      }

      const hits = faults.hitting(operation, region);
      for (const fault of hits) {
        if (fault.kind === "slowResponse") await delay(fault.delayMs ?? 60_000, undefined, { ref: false });
        if (fault.kind === "resetConnection") {
          request.socket.resetAndDestroy();
          return;
        }
        if (fault.kind === "htmlBody") {
          send(response, 200, "text/html", "<!DOCTYPE html><html><body>Please sign in to the network</body></html>");
          return;
        }
        throwAwsError(fault, operation, principal);
      }
      const isTruncated = hits.some(({ kind }) => kind === "truncatedBody");
      const answer = isTruncated ? truncate : send;
      if (form) {
        answer(response, 200, "text/xml", sessions.answer(form, signature, requestId));
        return;
      }
      const run = (): Record<string, unknown> => {
        const { accountId: callerAccountId, partition } = ownerOf(principal);
        if (targetPrefix === configTarget && Object.hasOwn(configOperations, operation)) {
          requireOrganizationAccess(organization, callerAccountId);
          return configOperations[operation]?.({ packs, region, input }) ?? {};
        }
        if (targetPrefix === organizationsTarget && Object.hasOwn(organizationsOperations, operation)) {
          return organizationsOperations[operation]?.({ organization, callerAccountId, partition, input }) ?? {};
        }
        throw new AwsFault("UnknownOperationException", `The emulator has no operation ${target}.`, 400);
      };
      const output = hits.reduce((bent, fault) => bend(fault, input, bent), run());
      answer(response, 200, jsonType, JSON.stringify(output));
    } catch (error) {
      fail(error instanceof AwsFault ? error : new AwsFault("InternalFailure", String(error), 500));
    }
  };

  const { checkEveryMs, headersTimeoutMs, maxConnections, requestTimeoutMs } = serverLimits;
  const timeouts = {
    headersTimeout: headersTimeoutMs,
    requestTimeout: requestTimeoutMs,
    connectionsCheckingInterval: checkEveryMs,
  };
  const server = createServer(timeouts, (request, response) => {
    handle(request, response).catch((error: unknown) => {
      response.destroy(error instanceof Error ? error : new Error(String(error)));
    });
  });
  server.maxConnections = maxConnections;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, "127.0.0.1", resolve);
  });

  return {
    endpoint: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    requests,
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
    stop: () =>
      new Promise((resolve, reject) => {
        server.close((error) => {
          if (error) reject(error);
          else resolve();
        });
        server.closeAllConnections();
      }),
  };
}

/** The body; `undefined` as soon as it is too large, and then the rest is not read. */
async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  if (Number(request.headers["content-length"] ?? 0) > maxBodyBytes) return undefined;
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBodyBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

function inputOf(body: string): Record<string, unknown> {
  let input: unknown;
  try {
    input = JSON.parse(body);
  } catch {
    throw new AwsFault("SerializationException", "The request body is not JSON.");
  }
  if (typeof input !== "object" || input === null || Array.isArray(input)) {
    throw new AwsFault("SerializationException", "The request body is not a structure.");
  }
  return input as Record<string, unknown>;
}

/** A signature's scope says the region: `Credential=AKID/20260101/us-east-1/config/aws4_request`. */
function signatureOf(request: IncomingMessage): Signature {
  const scope =
    /^AWS4-HMAC-SHA256 .*Credential=([^/,\s]+)\/\d{8}\/([^/,\s]+)\/(?:config|organizations|sts)\/aws4_request/.exec(
      request.headers.authorization ?? "",
    );
  if (!scope?.[1] || !scope[2]) {
    throw new AwsFault("MissingAuthenticationTokenException", "Missing Authentication Token");
  }
  return { accessKeyId: scope[1], region: scope[2] };
}

function withoutCredentials(form: URLSearchParams): Record<string, unknown> {
  return Object.fromEntries([...form].filter(([key]) => !/token|secret|accesskey/i.test(key)));
}

const jsonType = "application/x-amz-json-1.1";

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  send(response, status, jsonType, JSON.stringify(value));
}

function send(response: ServerResponse, status: number, contentType: string, body: string): void {
  response.writeHead(status, { "content-type": contentType, "content-length": Buffer.byteLength(body) });
  response.end(body);
}

/** Answers, and closes the connection without reading what else comes. */
function hangUp(response: ServerResponse, status: number, body: string): void {
  response.req.pause();
  response.shouldKeepAlive = false;
  response.once("finish", () => response.socket?.destroySoon());
  send(response, status, "text/plain", body);
}

/** Announces the whole body, sends half of it, and hangs up. */
function truncate(response: ServerResponse, status: number, contentType: string, text: string): void {
  const body = Buffer.from(text);
  response.writeHead(status, { "content-type": contentType, "content-length": body.length });
  response.write(body.subarray(0, Math.floor(body.length / 2)), () => response.socket?.destroy());
}
