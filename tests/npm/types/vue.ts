// Every attribute and event, with the names that templates give them.
import type { GlobalComponents } from "vue";
import { h } from "vue";
import type {} from "posdoc/vue";

type Props = InstanceType<GlobalComponents["posdoc-chat"]>["$props"];

const props: Props = {
  mode: "inline", opened: false, query: "", topic: null, theme: "light", hotline: "400", "hotline-hours": "每天", "human-url": "https://example.com",
  provider: "某某", device: "desk", "terminal-sn": "SN", "merchant-number": "M", pack: undefined, "share-text": true,
  "onPosdoc:ready": (event) => console.log(event.detail), "onPosdoc:open": (event) => console.log(event.detail),
  "onPosdoc:close": (event) => console.log(event.detail), "onPosdoc:turn": (event) => console.log(event.detail.turn),
  "onPosdoc:solved": (event) => console.log(event.detail.topic), "onPosdoc:unsolved": (event) => console.log(event.detail.reason),
  "onPosdoc:unmatched": (event) => console.log(event.detail.text), "onPosdoc:handover": (event) => console.log(event.detail.turn),
  "onPosdoc:error": (event) => console.log(event.detail.message),
};
// @ts-expect-error: no such device
export const wrong: Props = { device: "toaster" };
export const help = () => h("posdoc-chat", { ...props });
