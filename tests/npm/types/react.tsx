// Every attribute and event in JSX, and every method through a ref.
import { useRef } from "react";
import type { PosdocChat } from "posdoc";
import type {} from "posdoc/react";

export function Help() {
  const chat = useRef<PosdocChat>(null);
  const use = () => { chat.current?.open(); chat.current?.ask("卡纸了"); chat.current?.reset(); chat.current?.close(); };
  return <div onClick={use}>
    <posdoc-chat ref={chat} className="help" id="help" mode="inline" opened={false} query="" topic={null} theme="dark" hotline="400" hotline-hours="每天"
      human-url="https://example.com" provider="某某" device="smart" terminal-sn="SN" merchant-number="M" pack={undefined} share-text
      onposdoc:ready={(event) => console.log(event.detail)} onposdoc:open={(event) => console.log(event.detail)}
      onposdoc:close={(event) => console.log(event.detail)} onposdoc:turn={(event) => console.log(event.detail.turn, event.detail.helped)}
      onposdoc:solved={(event) => console.log(event.detail.topic)} onposdoc:unsolved={(event) => console.log(event.detail.reason)}
      onposdoc:unmatched={(event) => console.log(event.detail.text)} onposdoc:handover={(event) => console.log(event.detail.turn)}
      onposdoc:error={(event) => console.log(event.detail.message)} />
    {/* @ts-expect-error: no such theme */}
    <posdoc-chat theme="blue" />
  </div>;
}
