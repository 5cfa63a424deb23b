/**
 * What the Pulumi engine calls. The states of users name it; a program does not import it.
 *
 * @packageDocumentation
 */
export { PackStatusProvider } from "./dynamicProvider";
