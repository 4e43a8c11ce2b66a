/** One component of a path, whatever the name from outside says. */
export function pathComponent(name: string): string {
  return name.replaceAll(/[^\w.-]+/g, '_').replace(/^\.+/, '_');
}
