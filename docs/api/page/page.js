// Shows the description that the address asks for, the first one without.
"use strict";

const links = Array.from(document.querySelectorAll("nav a"));
const asked = new URLSearchParams(window.location.search).get("api");
const shown =
  links.find((link) => new URL(link.href).searchParams.get("api") === asked) ?? links[0];
const name = new URL(shown.href).searchParams.get("api");
const note = document.getElementById("note");

const OPTIONS = {
  scrollYOffset: "header",
  nativeScrollbars: true,
  hideDownloadButton: true,
  hideHostname: false,
  jsonSampleExpandLevel: 4,
  requiredPropsFirst: true,
  sortTagsAlphabetically: false,
  theme: {
    colors: {
      primary: { main: "#0a5ca8" },
      text: { primary: "#1b1f24" },
      responses: { error: { tabTextColor: "#e5484d" } },
    },
    typography: {
      fontSize: "16px",
      fontFamily: "system-ui, sans-serif",
      headings: { fontFamily: "system-ui, sans-serif", fontWeight: "600" },
      code: { fontFamily: "ui-monospace, monospace", color: "#8a1c3a" },
    },
    sidebar: { backgroundColor: "#f5f7f9", textColor: "#1b1f24" },
    rightPanel: { backgroundColor: "#1c2b3a" },
  },
};

async function show() {
  shown.setAttribute("aria-current", "page");
  document.getElementById("source").href = `${name}.yaml`;
  const answer = await fetch(`${name}.json`);
  if (!answer.ok) throw new Error(`${name}.json: ${answer.status}`);
  const description = await answer.json();
  document.title = `${description.info.title} – rosterd`;
  window.Redoc.init(description, OPTIONS, document.getElementById("viewer"), (error) => {
    if (error) throw error;
    note.hidden = true;
  });
}

// Without it the note stays, which leads to the files.
show();
