customElements.define("posdoc-chat", class extends HTMLElement { connectedCallback() { this.textContent = "不是我们的"; } });
