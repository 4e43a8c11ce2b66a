/** What `terraform plan` with the AWS provider takes, in bytes: 600 MB and more were measured. */
export const MEMORY_PER_PLAN = 700_000_000;

/** What a machine has to spare. */
export interface Resources {
  /** Bytes of memory that the machine has free. */
  readonly freeMemory: number;
  /** Bytes that this process and its children may still take, as the limits of a container say. */
  readonly allowedMemory: number;
  readonly cpus: number;
}

/** How many accounts to diagnose at a time: as many plans as fit into memory, at most one a CPU, at least one. */
export function defaultJobs({ freeMemory, allowedMemory, cpus }: Resources): number {
  const fitting = Math.floor(Math.min(freeMemory, allowedMemory) / MEMORY_PER_PLAN);
  return Math.max(1, Math.min(fitting, cpus));
}

/** What this machine has to spare now; in a container (cgroup) no more than its limits leave. */
export async function machineResources(): Promise<Resources> {
  const { availableParallelism, freemem } = await import('node:os');
  return {
    freeMemory: freemem(),
    allowedMemory: process.availableMemory(),
    cpus: availableParallelism(),
  };
}
