"use strict";
(function () {
    const docs = Array.from(document.querySelectorAll("details.doc"));
    const picked = document.getElementById("picked"), search = document.getElementById("find");
    let key = "", label = "";

    function filter() {
        const words = search ? search.value.toLowerCase() : "";
        let left = 0;
        docs.forEach(function (doc) {
            const fits = (!key || doc.dataset.k.includes(" " + key + " ")) && (!words || doc.textContent.toLowerCase().includes(words));
            doc.classList.toggle("hidden", !fits);
            left += fits ? 1 : 0;
        });
        picked.classList.toggle("hidden", !key && !words);
        picked.firstElementChild.textContent = left + " of " + docs.length + " documents shown" + (label ? " with " + label : "") + ". ";
    }
    document.addEventListener("click", function (event) {
        const button = event.target.closest("[data-pick]");
        if (!button) return;
        key = button.dataset.pick;
        label = key ? button.title || button.textContent : "";
        if (!key && search) search.value = "";
        filter();
        if (key) document.getElementById("documents").scrollIntoView();
    });
    if (search) search.addEventListener("input", filter);
    function show() {
        const place = document.getElementById(location.hash.slice(1)), doc = place && place.closest("details.doc");
        if (!doc) return;
        doc.open = true;
        if (doc.classList.contains("hidden")) {
            key = label = "";
            if (search) search.value = "";
            filter();
        }
        place.scrollIntoView({ block: "center" });
    }
    window.addEventListener("hashchange", show);
    show();
    document.querySelectorAll("input[data-table]").forEach(function (input) {
        const rows = Array.from(document.querySelectorAll("#" + input.dataset.table + " tbody tr"));
        input.addEventListener("input", function () {
            const words = input.value.toLowerCase();
            rows.forEach(function (row) { row.classList.toggle("hidden", !row.textContent.toLowerCase().includes(words)); });
        });
    });
    document.querySelectorAll(".legend input").forEach(function (box) {
        box.addEventListener("change", function () {
            document.querySelectorAll("pre .m").forEach(function (mark) {
                if (mark.classList.contains(box.value)) mark.style.background = box.checked ? "" : "none";
            });
        });
    });
})();
