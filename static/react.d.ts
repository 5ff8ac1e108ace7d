// <posdoc-chat> in JSX: `import type {} from "posdoc/react"` once, anywhere. React 19.
// Names of several words are written as in HTML: React may render before the loader has arrived, and
// then only such names are attributes.

import type { DetailedHTMLProps, HTMLAttributes } from "react";
import type { PosdocChat, PosdocDetails, PosdocMarkup } from "./posdoc";

type Listeners = { [Kind in keyof PosdocDetails as `on${Kind}`]?: (event: CustomEvent<PosdocDetails[Kind]>) => void };

declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      "posdoc-chat": DetailedHTMLProps<HTMLAttributes<PosdocChat>, PosdocChat> & PosdocMarkup & Listeners;
    }
  }
}
