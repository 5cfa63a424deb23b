import { BlockList, isIP } from "node:net";

/**
 * True if a host is reached without a proxy, by Go's rules, which are @pulumi/aws's: loopback never takes one; an entry
 * of `NO_PROXY` is `*`, an IP address, a CIDR block, or a domain with all below it (`.example.com`: only those below),
 * each with a port or without.
 */
export function isExemptFromProxy(host: string, port: number, noProxy: string): boolean {
  const name = host.toLowerCase().replace(/^\[|\]$|\.$/g, "");
  if (name === "localhost" || isWithin(name, "127.0.0.0/8") || name === "::1") return true;
  return noProxy
    .split(",")
    .map((entry) => entry.trim().toLowerCase())
    .some((entry) => {
      if (entry === "*") return true;
      if (isWithin(name, entry)) return true;
      const [, domain = entry, onlyPort] = /^(?:\[?)(.+?)\]?:(\d+)$/.exec(isIP(entry) ? "" : entry) ?? [];
      if (domain === "" || (onlyPort !== undefined && Number(onlyPort) !== port)) return false;
      if (isIP(name)) return domain === name;
      const suffix = domain.replace(/^\*(?=\.)/, "");
      return suffix.startsWith(".") ? name.endsWith(suffix) : name === suffix || name.endsWith(`.${suffix}`);
    });
}

function isWithin(address: string, block: string): boolean {
  const [network = "", bits = ""] = block.split("/");
  const family = isIP(network) === 6 ? "ipv6" : "ipv4";
  if (!isIP(network) || isIP(address) !== isIP(network) || !/^\d{1,3}$/.test(bits)) return false;
  if (Number(bits) > (family === "ipv6" ? 128 : 32)) return false;
  const list = new BlockList();
  list.addSubnet(network, Number(bits), family);
  return list.check(address, family);
}
