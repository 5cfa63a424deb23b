/**
 * The dynamic provider. The states of users name this module, so it keeps its name; a program does not import it.
 *
 * @packageDocumentation
 */
export { PackStatusProvider } from "./dynamicProvider";
