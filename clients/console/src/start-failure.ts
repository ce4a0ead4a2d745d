/** What is said when not even the brand can be had: no words file is there yet, so both languages stand here. */

const WORDS = {
  ru: {
    title: "Сервер не отвечает",
    text: "Проверьте подключение к сети и попробуйте ещё раз.",
    again: "Попробовать снова",
  },
  en: { title: "The server does not answer", text: "Check the network and try again.", again: "Try again" },
} as const;

export function showStartFailure(root: HTMLElement): void {
  const words = navigator.language.startsWith("ru") ? WORDS.ru : WORDS.en;
  const title = Object.assign(document.createElement("h1"), { textContent: words.title });
  const text = Object.assign(document.createElement("p"), { textContent: words.text });
  const again = Object.assign(document.createElement("button"), { textContent: words.again, type: "button" });
  again.addEventListener("click", () => location.reload());
  const box = document.createElement("main");
  box.className = "start-failure";
  box.append(title, text, again);
  root.replaceChildren(box);
}
