"use strict";
// Comforts only: the form works the same without this file.
(() => {
  const form = document.getElementById("screening");
  const text = document.getElementById("text");
  const count = document.getElementById("count");
  const limit = Number(text.dataset.limit);
  const number = new Intl.NumberFormat(document.documentElement.lang);

  const show = (id) => {
    const element = document.getElementById(id);
    if (element) element.hidden = false;
    return element;
  };

  const tell = () => {
    // Code points, as the server counts them, and not UTF-16 units.
    const length = [...text.value].length;
    count.textContent = count.dataset.pattern
      .replace("{count}", number.format(length))
      .replace("{limit}", number.format(limit));
    count.classList.toggle("over", length > limit);
  };
  count.hidden = false;
  text.addEventListener("input", tell);
  tell();

  show("shortcut");
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });

  show("clear").addEventListener("click", () => {
    for (const field of form.elements) {
      if (field.tagName === "SELECT") field.selectedIndex = Math.max(0, [...field.options].findIndex((o) => o.value === (field.name === "prevalence" ? "0.05" : "unknown")));
      else if (field.tagName === "TEXTAREA" || field.type === "text") field.value = "";
    }
    tell();
    text.focus();
  });

  const result = document.getElementById("result");
  if (result) {
    result.focus({ preventScroll: true });
    const copy = show("copy");
    const said = document.getElementById("said");
    copy.addEventListener("click", async () => {
      let words = copy.dataset.done;
      try {
        await navigator.clipboard.writeText(document.getElementById("plain-result").textContent);
      } catch {
        words = copy.dataset.failed;
      }
      copy.textContent = said.textContent = words;
    });
    show("print").addEventListener("click", () => window.print());
    window.addEventListener("beforeprint", () => {
      for (const details of result.querySelectorAll("details")) details.open = true;
    });
  }
})();
