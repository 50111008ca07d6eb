/* The official pages of a body on any site: <script src="…/widget.js" data-organization="code" async></script>.
   Fills <div data-official-pages="code"> where there is one, else stands where the script does. Asks only the host it came
   from, without cookies; while that host does not answer, the page stays as it was. Its letters are those of the page around it.
   Beside an <iframe> of the widget it makes the frame as high as its content. */
(function () {
  "use strict";
  var me = document.currentScript || document.querySelector("script[data-organization]:not([data-ready])");
  if (!me) return;
  me.setAttribute("data-ready", "");
  var origin = new URL(me.src).origin;
  var told = me.dataset;

  if (!window.officialPagesFrames) {
    window.officialPagesFrames = true;
    addEventListener("message", function (event) {
      var height = event.origin === origin && event.data && event.data.officialPages;
      if (!(height > 0 && height < 20000)) return;
      document.querySelectorAll("iframe").forEach(function (frame) {
        if (frame.contentWindow === event.source) frame.height = Math.ceil(height);
      });
    });
    // Frames that were there first say their height once more.
    document.querySelectorAll("iframe").forEach(function (frame) {
      if (frame.src.indexOf(origin + "/widget/") === 0 && frame.contentWindow) frame.contentWindow.postMessage("officialPages?", "*");
    });
  }
  if (!told.organization) return;

  var looks =
    ":host{display:block;font:inherit;color:inherit}*{font:inherit;margin:0;padding:0}" +
    ".h{font-weight:bold;font-size:1.15em;margin-bottom:.5em}.b{font-weight:bold;margin:.75em 0 .25em}" +
    "ul{list-style:none}li{padding:.4em 0}a{color:inherit;text-decoration:underline;text-underline-offset:.15em;overflow-wrap:anywhere}" +
    "a:hover{text-decoration-thickness:.15em}a:focus-visible{outline:.15em solid currentColor;outline-offset:.15em}" +
    ".s{display:block;font-size:.875em}.f{margin-top:.5em;font-size:.875em}";

  function make(name, into, text, type) {
    var element = document.createElement(name);
    if (text) element.textContent = text;
    if (type) element.className = type;
    return into.appendChild(element);
  }
  function link(into, url, text) {
    var made = make("a", into, text);
    if (/^https?:\/\//.test(url)) made.href = url;
    return made;
  }

  function draw(said) {
    var place = document.querySelector('[data-official-pages="' + CSS.escape(told.organization) + '"]:not([data-ready])');
    if (!place) {
      place = document.createElement("div");
      me.after(place);
    }
    place.setAttribute("data-ready", "");
    var level = Math.min(Math.max(parseInt(told.heading, 10) || 2, 1), 6);
    var section = document.createElement("section");
    section.lang = said.lang;
    section.setAttribute("aria-label", said.title);
    make("h" + level, section, said.title, "h");
    said.bodies.forEach(function (body) {
      if (said.bodies.length > 1) make("h" + Math.min(level + 1, 6), section, body.name, "b").lang = "ru";
      var list = make("ul", section);
      list.setAttribute("role", "list");
      body.pages.forEach(function (page) {
        var item = make("li", list);
        var named = link(item, page.url, page.network + ": ");
        make("span", named, page.name).lang = "ru";
        named.rel = "me";
        make("span", item, page.verified, "s");
      });
    });
    if (said.none) make("p", section, said.none);
    link(make("p", section, "", "f"), said.registry_url, said.checked);
    // The list that stood there stays outside the shadow, unseen, as a trace for other programs.
    var root = place.attachShadow ? place.shadowRoot || place.attachShadow({ mode: "open" }) : place;
    try {
      // Made by script, not written into the page: no policy of the site forbids it.
      var sheet = new CSSStyleSheet();
      sheet.replaceSync(looks);
      root.adoptedStyleSheets = [sheet];
    } catch (e) {
      /* An old browser: the list is plain. */
    }
    root.replaceChildren(section);
  }

  var query = "?lang=" + encodeURIComponent(told.lang || (me.closest("[lang]") || {}).lang || "ru") + (told.below ? "&below=1" : "");
  fetch(origin + "/widget/" + encodeURIComponent(told.organization) + ".json" + query, { credentials: "omit", referrerPolicy: "no-referrer" })
    .then(function (answer) {
      if (!answer.ok) throw answer.status;
      return answer.json();
    })
    .then(draw)
    .catch(function () {
      /* What stood on the page stays. */
    });
})();
