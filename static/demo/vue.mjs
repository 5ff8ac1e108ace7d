// Vue 3. Built by `make demos` with the real vue, at the version in tests/npm. A template says the same
// with :hotline="hotline" and @posdoc:turn="hear"; a strict policy forbids compiling one in the page.
import { createApp, h, onMounted, ref } from "vue";
import { load } from "../posdoc.mjs";

const Help = {
  setup() {
    const chat = ref(null);
    const theme = ref("auto");
    const hotline = ref("400-000-0000");
    const shown = ref(true);
    const heard = ref("");
    const hear = (event) => { heard.value += event.type.slice(7) + " " + JSON.stringify(event.detail) + "\n"; };
    const button = (id, text, onClick) => h("button", { id, onClick }, text);
    onMounted(async () => {
      await load("../posdoc.js");
      chat.value.open();
      chat.value.close();
      chat.value.reset();
      chat.value.ask("云喇叭收了钱不响");
    });
    return () => [
      h("p", [
        button("theme", "深色", () => { theme.value = "dark"; }),
        button("hotline", "换电话", () => { hotline.value = "400-111-1111"; }),
        button("toggle", "拿掉、放回", () => { shown.value = !shown.value; }),
      ]),
      h("div", { class: "box" }, shown.value ? h("posdoc-chat", {
        ref: chat, mode: "launcher", opened: false, query: "", topic: null, theme: theme.value, hotline: hotline.value, provider: "某某支付",
        device: "smart", "terminal-sn": "SN123456", "merchant-number": "M100", pack: undefined, "hotline-hours": "每天 8:00–22:00",
        "human-url": "https://example.com/chat", "share-text": false,
        "onPosdoc:ready": hear, "onPosdoc:open": hear, "onPosdoc:close": hear, "onPosdoc:turn": hear, "onPosdoc:solved": hear,
        "onPosdoc:unsolved": hear, "onPosdoc:unmatched": hear, "onPosdoc:handover": hear, "onPosdoc:error": hear,
      }) : []),
      h("pre", { id: "events", "aria-label": "收到的事件" }, heard.value),
    ];
  },
};

createApp(Help).mount("#app");
