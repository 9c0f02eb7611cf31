"use strict";
/* Plain JavaScript of 2017: cheap phones keep old browsers. Text only ever enters by textContent. */
(function () {
  const WORDS = {
    fr: {
      role: "Assistant automatique", write: "Votre message", send: "Envoyer", log: "Conversation",
      hello: "Bienvenue", lead: "Mentoring MeM relie les entrepreneurs à des mentors. Choisissez votre langue pour commencer.",
      waiting: "en attente du réseau", failed: "non envoyé", typing: "Réponse en cours…", choices: "Choix",
      off: "Pas de réseau. Vos messages partiront dès son retour.", you: "Vous : ", bot: "MeM : ",
      cookies: "Ce chat a besoin des cookies : autorisez-les puis rechargez la page.", greeting: "Bonjour",
    },
    ar: {
      role: "مساعد آلي", write: "رسالتك", send: "إرسال", log: "المحادثة",
      hello: "مرحبا", lead: "Mentoring MeM يصل أصحاب المشاريع بالمرشدين. اختر لغتك للبدء.",
      waiting: "في انتظار الشبكة", failed: "لم تُرسل", typing: "الجواب قيد الكتابة…", choices: "اختيارات",
      off: "لا توجد شبكة. ستُرسل رسائلك فور عودتها.", you: "أنت: ", bot: "MeM: ",
      cookies: "تحتاج هذه المحادثة إلى ملفات cookies: اسمح بها ثم أعد تحميل الصفحة.", greeting: "السلام عليكم",
    },
    en: {
      role: "Automatic assistant", write: "Your message", send: "Send", log: "Conversation",
      hello: "Welcome", lead: "Mentoring MeM connects entrepreneurs with mentors. Choose your language to start.",
      waiting: "waiting for the network", failed: "not sent", typing: "Answer on its way…", choices: "Choices",
      off: "No network. Your messages will leave when it is back.", you: "You: ", bot: "MeM: ",
      cookies: "This chat needs cookies: allow them, then reload the page.", greeting: "Hello",
    },
  };
  const $ = (id) => document.getElementById(id);
  const log = $("log"), box = $("text"), scroll = $("scroll"), start = $("start"), typing = $("typing");
  const query = new URLSearchParams(location.search);
  const code = /^[\w-]{1,64}$/.test(query.get("s")) ? query.get("s") : "";
  const two = (tag) => String(tag || "").slice(0, 2).toLowerCase();
  const side = (lang) => (lang === "ar" ? "rtl" : "ltr");
  let ui = "";

  function speak(lang) {
    if (!WORDS[lang] || lang === ui) return;
    ui = lang;
    document.documentElement.lang = ui;
    document.documentElement.dir = side(ui);
    document.querySelectorAll("[data-word]").forEach((e) => { e.textContent = WORDS[ui][e.dataset.word]; });
    box.placeholder = WORDS[ui].write;
    log.setAttribute("aria-label", WORDS[ui].log);
    note(noted);
    fit();
  }

  /* One line above the thread, when there is something wrong. */
  let noted = "";
  function note(word) {
    noted = word;
    $("net").hidden = !word;
    if (word) $("net").textContent = WORDS[ui][word];
  }
  const well = (yes) => note(yes ? "" : "off");

  /* ---- the thread ---- */
  let cursor = 0, latest = null; // latest: our newest options, to see which one was taken
  const seen = new Set(), pending = new Map(); // pending: the person's lines that the server has not shown yet

  const make = (tag, name, text) => {
    const e = document.createElement(tag);
    if (name) e.className = name;
    if (text !== undefined) e.textContent = text;
    return e;
  };

  const URLS = /https?:\/\/[^\s<>"'\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gi;
  function fill(e, text) {
    let at = 0;
    text.replace(URLS, (found, from) => {
      const url = found.replace(/[.,;:!?)\]}»،؛؟…]+$/, "");
      try { if (!/^https?:$/.test(new URL(url).protocol)) return ""; } catch (error) { return ""; }
      const a = make("a", "", url);
      a.href = url; a.target = "_blank"; a.rel = "noopener noreferrer"; a.dir = "ltr";
      e.append(text.slice(at, from), a);
      at = from + url.length;
      return "";
    });
    e.append(text.slice(at));
  }

  function draw(line) {
    const e = make("div", line.mine ? "line mine" : "line");
    const text = make("p", "text"), lang = two(line.lang) || ui;
    text.dir = "auto"; text.lang = lang;
    fill(text, line.text);
    e.append(make("span", "sr", WORDS[ui][line.mine ? "you" : "bot"]), text);
    if (line.options && line.options.length) e.append(choices(line, lang));
    const near = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 120;
    log.insertBefore(e, pending.size ? pending.values().next().value : null);
    log.tabIndex = 0; // so that the arrow keys scroll it
    if (near || line.mine) show(e);
    return e;
  }

  function show(e) { // a long message from its beginning, anything else down to the end
    scroll.scrollTop = scroll.scrollHeight;
    if (e.offsetHeight > scroll.clientHeight) e.scrollIntoView();
  }

  function choices(line, lang) {
    const group = make("div", "options");
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", WORDS[ui].choices);
    group.lang = lang; group.dir = side(lang);
    line.options.forEach((label, index) => {
      const b = make("button");
      b.type = "button";
      b.append(make("bdi", "", label));
      b.onclick = () => { taken(group, b); say({ tap: line.token + ":" + index, label: label }); };
      group.append(b);
    });
    return group;
  }

  function taken(group, chosen) {
    [].forEach.call(group.children, (b) => { b.disabled = true; });
    chosen.setAttribute("aria-pressed", "true");
    if (latest === group) latest = null;
  }

  function mark(e, word) {
    if (e.state === word) return; // said once is enough for a screen reader
    e.state = word;
    e.classList.toggle("waiting", word === "waiting");
    const old = e.querySelector(".state");
    if (old) old.remove();
    if (!word) return;
    const state = make("span", "state"), icon = make("span", "", word === "waiting" ? "⏳ " : "⚠ ");
    icon.setAttribute("aria-hidden", "true");
    state.append(icon, WORDS[ui][word]);
    e.append(state);
  }

  function receive(line) {
    if (line.cursor <= cursor) return;
    cursor = line.cursor;
    if (line.mine) {
      seen.add(line.id);
      forget(line.id); // its 202 may have been lost on the way
      const e = pending.get(line.id);
      if (!e) draw(line);
      else {
        const first = pending.values().next().value;
        if (e !== first) log.insertBefore(e, first); // moving would be read aloud again: only if needed
        pending.delete(line.id);
        mark(e, "");
      }
      const group = latest;
      if (group) [].forEach.call(group.children, (b) => { if (b.textContent === line.text) taken(group, b); });
    } else {
      wait(false);
      speak(two(line.lang));
      const e = draw(line);
      latest = e.querySelector(".options");
    }
    greet();
  }

  /* ---- writing: a queue in localStorage, one key an item, so that two tabs never overwrite ---- */
  const KEY = "mem.q.";
  let store;
  try { store = localStorage; store.getItem(KEY); } catch (error) {
    const held = {}; // storage is forbidden: the queue lives as long as the page
    store = { setItem: (k, v) => { held[k] = v; }, getItem: (k) => held[k], removeItem: (k) => { delete held[k]; }, keys: () => Object.keys(held) };
  }
  const keys = () => (store.keys ? store.keys() : Object.keys(store)).filter((k) => k.indexOf(KEY) === 0).sort();

  function queue() {
    const items = [];
    keys().forEach((k) => { try { items.push(JSON.parse(store.getItem(k))); } catch (error) { store.removeItem(k); } });
    return items.filter(Boolean);
  }
  function forget(id) { keys().forEach((k) => { if (k.slice(-id.length) === id) store.removeItem(k); }); }

  function say(item) {
    const noise = crypto.getRandomValues(new Uint8Array(12));
    item.id = [].map.call(noise, (n) => ("0" + n.toString(16)).slice(-2)).join("");
    const last = keys().pop(); // a phone's clock jumps: order is kept whatever it says
    const when = Math.max(Date.now(), last ? +last.slice(KEY.length, KEY.length + 15) + 1 : 0);
    const key = KEY + ("00000000000000" + when).slice(-15) + "." + item.id;
    try { store.setItem(key, JSON.stringify(item)); } catch (error) { note("failed"); return false; }
    sync();
    flush();
    return true;
  }

  function sync() { // what is queued is drawn; what another tab has sent waits no longer
    const items = queue(), ids = items.map((item) => item.id);
    items.forEach((item) => {
      if (seen.has(item.id) || pending.has(item.id)) return;
      const first = pending.size; // behind those that wait already
      const e = draw({ mine: true, text: item.text || item.label, lang: item.lang });
      if (first) log.append(e);
      pending.set(item.id, e);
      show(e);
    });
    pending.forEach((e, id) => { mark(e, ids.indexOf(id) < 0 ? "" : late ? "waiting" : ""); });
    greet();
  }

  let busy = false, late = false, delay = 0, timer = 0, refused = 0;
  async function flush() {
    if (busy) return;
    busy = true;
    clearTimeout(timer);
    let pause = 0;
    const drain = async () => {
      for (let item; !pause && (item = queue()[0]);) pause = await post(item);
    };
    try { await (navigator.locks ? navigator.locks.request("mem-send", drain) : drain()); } catch (error) { pause = pause || 5; }
    busy = false;
    late = pause > 0;
    sync();
    if (pause) timer = setTimeout(flush, pause * 1000);
    else if (queue().length) flush(); // written between the last look and here
  }

  /* Returns the seconds to wait; an id is used again at each try, so the server takes it once. */
  async function post(item) {
    const abort = window.AbortController ? new AbortController() : null;
    const slow = setTimeout(() => { late = true; sync(); }, 3000);
    const dead = setTimeout(() => { if (abort) abort.abort(); }, 30000);
    let asked = 0;
    try {
      const answer = await fetch("/chat/messages", {
        method: "POST", credentials: "same-origin", body: JSON.stringify(item), signal: abort ? abort.signal : undefined,
        headers: { "Content-Type": "application/json" },
      });
      if (answer.ok) {
        forget(item.id);
        delay = refused = 0;
        late = false;
        well(true);
        if (!seen.has(item.id)) { wait(true); every = 1.5; if (polling) poll(); }
        return 0;
      }
      if (answer.status === 400) {
        forget(item.id);
        const e = pending.get(item.id);
        pending.delete(item.id);
        if (e) mark(e, "failed");
        return 0;
      }
      if (answer.status === 403 && (await answer.json()).error === "session") {
        await pull(); // this makes a session where there is none
        if (refused++) note("cookies");
      }
      asked = +answer.headers.get("Retry-After") || 0;
    } catch (error) {
      if (noted !== "cookies") well(false);
    } finally {
      clearTimeout(slow);
      clearTimeout(dead);
    }
    delay = refused === 1 ? 0.2 : Math.min(60, Math.max(1, delay * 2));
    return Math.max(asked, delay * (1 + Math.random() / 4));
  }

  let doubt = 0;
  function wait(yes) {
    clearTimeout(doubt);
    const end = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 120;
    typing.hidden = !yes;
    if (!yes) return;
    if (end) scroll.scrollTop = scroll.scrollHeight;
    doubt = setTimeout(() => { wait(false); pull().catch(() => {}); }, 8000);
  }

  /* ---- reading: events, and polling where they do not work ---- */
  let source = null, watch = 0, fails = 0, polling = 0, polls = 0, every = 1.5;

  async function pull() {
    const answer = await fetch("/chat/messages?after=" + cursor, { credentials: "same-origin", cache: "no-store" });
    if (!answer.ok) throw new Error(answer.status);
    (await answer.json()).lines.forEach(receive);
  }

  function hush() {
    clearTimeout(watch);
    clearTimeout(polling);
    polling = 0;
    if (source) source.close();
    source = null;
  }

  function listen() {
    hush();
    if (!window.EventSource || fails > 1) { every = 1.5; poll(); return; }
    let ready = 0;
    const alive = (seconds) => { clearTimeout(watch); watch = setTimeout(lost, seconds * 1000); };
    const lost = () => {
      hush();
      if (!ready || Date.now() - ready < 5000) fails++; // a proxy that swallows events never says "ready"
      watch = setTimeout(listen, 1000);
    };
    source = new EventSource("/chat/stream?after=" + cursor);
    source.addEventListener("ready", () => { ready = Date.now(); well(true); alive(40); });
    source.addEventListener("ping", () => { fails = 0; alive(40); });
    source.onmessage = (event) => { fails = 0; alive(40); receive(JSON.parse(event.data)); };
    source.onerror = lost;
    alive(15);
  }

  async function poll() {
    clearTimeout(polling);
    const mine = polling = setTimeout(() => {}, 0);
    try { await pull(); well(true); } catch (error) { if (navigator.onLine === false) well(false); }
    if (polling !== mine) return; // somebody else took over meanwhile
    every = Math.min(20, every * 1.3);
    if (++polls % 40 === 0) { fails = 1; listen(); } else polling = setTimeout(poll, every * 1000);
  }

  /* ---- the door ---- */
  let loaded = false, coded = !code;
  function greet() { // a fresh thread: one button a language; a new code on an old thread: one button
    const fresh = !log.firstChild;
    start.hidden = !loaded || (!fresh && coded);
    document.querySelectorAll("#languages button").forEach((b) => { b.hidden = !fresh && b.lang !== ui; });
  }
  document.querySelectorAll("#languages button").forEach((b) => {
    b.onclick = () => {
      speak(b.lang);
      if (!say({ text: code ? "/start " + code : WORDS[b.lang].greeting, lang: b.lang })) return;
      coded = true;
      if (code) history.replaceState(null, "", "/"); // used: a reload does not offer it again
      greet();
    };
  });

  function fit() {
    box.dir = box.value ? "auto" : side(ui); // empty, "auto" would put an Arabic placeholder left
    box.style.height = "auto"; box.style.height = box.scrollHeight + 2 + "px";
  }
  box.oninput = fit;
  box.onkeydown = (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    submit();
  };
  $("form").onsubmit = (event) => { event.preventDefault(); submit(); box.focus(); };
  function submit() {
    const text = box.value.trim();
    if (!text || !say({ text: text })) return;
    box.value = "";
    fit();
  }

  window.addEventListener("online", () => { well(true); delay = fails = 0; flush(); if (loaded) listen(); });
  window.addEventListener("offline", () => { well(false); late = true; sync(); });
  window.addEventListener("storage", (event) => { if (!event.key || event.key.indexOf(KEY) === 0) { sync(); flush(); } });
  let away = 0;
  document.addEventListener("visibilitychange", () => { // a page out of sight costs no data
    clearTimeout(away);
    if (document.hidden) away = setTimeout(() => { if (loaded) { away = -1; hush(); } }, 30000);
    else if (away === -1) { away = 0; fails = 0; listen(); }
  });

  const wished = [query.get("lang")].concat(navigator.languages || navigator.language).map(two);
  speak(wished.filter((lang) => WORDS[lang])[0] || "fr");
  late = queue().length > 0;
  $("form").hidden = false; // without this script it would promise what it cannot do
  (async function open(pause) {
    try { await pull(); } catch (error) {
      well(false);
      sync();
      flush(); // what is written need not wait for what is to be read
      setTimeout(open, pause * 1000, Math.min(30, pause * 2));
      return;
    }
    loaded = true;
    well(true);
    log.removeAttribute("aria-busy");
    sync();
    flush();
    listen();
  })(1);
})();
