// React 19. Built by `make demos` with the real react and react-dom, at the versions in tests/npm.
import { useEffect, useRef, useState } from "react";
import { createRoot } from "react-dom/client";
import { load } from "../posdoc.mjs";

function Help() {
  const chat = useRef(null);
  const [theme, setTheme] = useState("light");
  const [hotline, setHotline] = useState("400-000-0000");
  const [shown, setShown] = useState(true);
  const [heard, setHeard] = useState("");
  const hear = (event) => setHeard((before) => before + event.type.slice(7) + " " + JSON.stringify(event.detail) + "\n");
  useEffect(() => {
    // Methods are there once the loader is; React has put the element into the page before.
    load("../posdoc.js").then(() => {
      chat.current.open();
      chat.current.reset();
      chat.current.close();
      chat.current.ask("装了纸还说没纸");
    });
  }, []);
  return <>
    <p>
      <button id="theme" onClick={() => setTheme("dark")}>深色</button>
      <button id="hotline" onClick={() => setHotline("400-111-1111")}>换电话</button>
      <button id="toggle" onClick={() => setShown(!shown)}>拿掉、放回</button>
    </p>
    <div className="box">
      {shown && <posdoc-chat ref={chat} mode="inline" opened={false} query="" topic={null} theme={theme} hotline={hotline} provider="某某支付"
        device="mobile" terminal-sn="SN123456" merchant-number="M100" pack={undefined} hotline-hours="每天 8:00–22:00"
        human-url="https://example.com/chat" share-text={false}
        onposdoc:ready={hear} onposdoc:open={hear} onposdoc:close={hear} onposdoc:turn={hear} onposdoc:solved={hear}
        onposdoc:unsolved={hear} onposdoc:unmatched={hear} onposdoc:handover={hear} onposdoc:error={hear} />}
    </div>
    <pre id="events" aria-label="收到的事件">{heard}</pre>
  </>;
}

createRoot(document.getElementById("app")).render(<Help />);
