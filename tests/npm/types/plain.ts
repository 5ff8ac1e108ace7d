// Every attribute, method and event, as a page in plain TypeScript uses them.
import { load, type PosdocChat, type PosdocDetails } from "posdoc";

export async function start(): Promise<void> {
  await load("/posdoc/posdoc.js", {
    mode: "launcher", opened: false, query: "装了纸还说没纸", topic: "paper-out", theme: "auto", hotline: "400", hotlineHours: "每天",
    humanUrl: "https://example.com", provider: "某某", device: "mobile", terminalSn: "SN", merchantNumber: "M", pack: "/acme", shareText: true,
  });
  await load();
  const chat: PosdocChat = document.createElement("posdoc-chat");
  chat.mode = "inline";
  chat.opened = true;
  chat.query = chat.topic = chat.theme = chat.hotline = chat.hotlineHours = chat.humanUrl = null;
  chat.provider = chat.device = chat.terminalSn = chat.merchantNumber = chat.pack = "x";
  chat.shareText = true;
  const shared: string | null = chat.shareText;
  chat.open();
  chat.ask("卡纸了" + shared);
  chat.reset();
  chat.close();
  const kinds: (keyof PosdocDetails)[] = [
    "posdoc:ready", "posdoc:open", "posdoc:close", "posdoc:turn", "posdoc:solved", "posdoc:unsolved", "posdoc:unmatched", "posdoc:handover", "posdoc:error",
  ];
  for (const kind of kinds) chat.addEventListener(kind, (event) => console.log(event.type));
  chat.addEventListener("posdoc:turn", (event) => {
    const [turn, topic, helped, text]: [number, string | null, boolean | undefined, string | undefined] =
      [event.detail.turn, event.detail.topic, event.detail.helped, event.detail.text];
    console.log(turn, topic, helped, text);
  });
  chat.addEventListener("posdoc:unsolved", (event) => console.log(event.detail.reason?.length));
  chat.addEventListener("posdoc:error", (event) => console.log(event.detail.message.length));
  // @ts-expect-error: no such mode
  await load("/posdoc.js", { mode: "popup" });
  // @ts-expect-error: an error has no topic
  chat.addEventListener("posdoc:error", (event) => console.log(event.detail.topic));
  // @ts-expect-error: something to ask
  chat.ask();
}
