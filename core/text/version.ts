/** This package's version: written out, so that neither a bundle nor a moved file has to find `package.json`. */
export const version = "0.1.0";
