// <posdoc-chat> in Vue templates: `import type {} from "posdoc/vue"` once, anywhere. Vue 3.

import type { DefineComponent } from "vue";
import type { PosdocDetails, PosdocMarkup } from "./posdoc";

type Listeners = { [Kind in keyof PosdocDetails as `on${Capitalize<Kind>}`]?: (event: CustomEvent<PosdocDetails[Kind]>) => void };

declare module "vue" {
  interface GlobalComponents {
    "posdoc-chat": DefineComponent<PosdocMarkup & Listeners>;
  }
}
