// The panel beside the board: the chosen booking, and where it would fit.
export function makeSide(board, { signal }) {
  const aside = document.querySelector(".board-page > .side");
  const panel = document.getElementById("board-side");
  const options = document.getElementById("board-options");
  let selected = new URLSearchParams(location.search).get("pick") ?? "";
  let timer = null;

  function mark() {
    for (const other of board.root.querySelectorAll(".appt[data-selected]")) other.removeAttribute("data-selected");
    board.card(selected)?.setAttribute("data-selected", "");
  }

  async function load(element) {
    try {
      const response = await fetch(`${board.hrefOf(element)}/panel`, { headers: { "X-Menya-Part": "1" }, signal });
      if (!response.ok) throw new Error(String(response.status));
      const text = await response.text();
      if (selected === board.idOf(element)) panel.innerHTML = text;
    } catch (error) {
      if (error.name === "AbortError" || selected !== board.idOf(element)) return;
      const link = document.createElement("a");
      link.href = board.hrefOf(element);
      link.textContent = "打开这条预约";
      const note = document.createElement("p");
      note.className = "section second";
      note.append("没有读到这条预约，不是没有。", link);
      panel.replaceChildren(note);
    }
  }

  aside.querySelector("[data-side-close]").addEventListener("click", () => aside.removeAttribute("data-open"), { signal });

  return {
    mark,
    element: () => board.card(selected),
    /** @param opens on a narrow screen the panel covers part of the board; walking over it with the arrows must not. */
    select(element, { opens = true, wait = 0 } = {}) {
      const isNew = selected !== board.idOf(element);
      selected = board.idOf(element);
      mark();
      if (opens) aside.setAttribute("data-open", "");
      clearTimeout(timer);
      if (isNew || panel.querySelector("[data-nothing]")) timer = setTimeout(() => load(element), wait);
    },
    close() {
      if (!aside.hasAttribute("data-open")) return false;
      aside.removeAttribute("data-open");
      return true;
    },
    /** Where else it fits; an empty list hides the heading. */
    offer(found, choose) {
      options.hidden = found.length === 0;
      options.querySelector(".options").replaceChildren(...found.map((option, index) => {
        const button = document.createElement("button");
        button.type = "button";
        const key = document.createElement("kbd");
        key.textContent = String(index + 1);
        const label = document.createElement("span");
        label.textContent = option.label;
        button.append(key, label);
        button.addEventListener("click", () => choose(option), { signal });
        return button;
      }));
    },
    choice: (number) => options.hidden ? null : options.querySelectorAll("button")[number - 1] ?? null,
  };
}
