declare module "postject" {
  /** Puts a resource into an executable. */
  export function inject(
    executable: string,
    resource: string,
    data: Buffer,
    options: { readonly sentinelFuse?: string; readonly machoSegmentName?: string },
  ): Promise<void>;
}
