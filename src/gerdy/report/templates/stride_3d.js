"use strict";
(function () {
  const data = JSON.parse(document.getElementById("stride-3d-data").textContent);
  const box = document.getElementById("stride-3d");
  const plot = document.getElementById("stride-3d-plot");
  const said = document.getElementById("stride-3d-said");
  const slider = document.getElementById("stride-3d-when");
  const strands = Object.keys(data.loads);
  const bones = Object.keys(data.lines).filter((name) => !strands.includes(name));
  const far = 1.35;
  const eyes = { side: [0, -far, 0.1], behind: [-far, 0, 0.1], front: [far, 0, 0.1], slanted: [-0.8, -1.05, 0.3] };
  const colours = [[0, "#fed976"], [0.35, "#fd8d3c"], [0.7, "#e31a1c"], [1, "#67000d"]];
  let angle = Math.atan2(eyes.slanted[1], eyes.slanted[0]);

  // The room stays the same size through the stride, so that nothing jumps.
  function axis(k) {
    const all = Object.values(data.lines).flat(2).map((p) => p[k]);
    return { visible: false, showspikes: false, range: [Math.min(...all) - 20, Math.max(...all) + 20] };
  }
  function points(name, frame) {
    const line = data.lines[name][frame];
    return [0, 1, 2].map((k) => line.map((p) => p[k]));
  }
  function look(name, frame) {
    const load = data.loads[name][0][frame];
    return load === null ? { width: 3, value: null, dash: "dot" } : { width: 4 + (10 * Math.max(load, 0)) / data.peak, value: load, dash: "solid" };
  }
  function bone(name) {
    const [x, y, z] = points(name, 0);
    return { type: "scatter3d", mode: "lines+markers", x, y, z, name, hoverinfo: "name", showlegend: false,
      line: { color: "#8d98a3", width: 9 }, marker: { color: "#22303c", size: 3.5 } };
  }
  // Where no load is computed the strand is grey, not pale: nothing is not a small load.
  function coloured(at, count) {
    return at.value === null ? "#8d98a3" : Array(count).fill(at.value);
  }
  function strand(name, place) {
    const [x, y, z] = points(name, 0), at = look(name, 0);
    return { type: "scatter3d", mode: "lines", x, y, z, name, hoverinfo: "name", showlegend: false,
      line: { color: coloured(at, x.length), cmin: 0, cmax: data.peak, colorscale: colours, width: at.width, dash: at.dash,
        showscale: place === 0, colorbar: { title: { text: data.unit, side: "right" }, len: 0.6, thickness: 12, x: 1 } } };
  }
  function number(name, frame) {
    const [middle, low, high] = data.loads[name].map((values) => values[frame]);
    return middle === null ? null : name + " strand " + middle.toFixed(0) + " " + data.unit + " (" + low.toFixed(0) + " to " + high.toFixed(0) + ")";
  }
  function show(frame) {
    const x = [], y = [], z = [], colour = [], width = [], dash = [], every = [...bones, ...strands];
    every.forEach((name) => { const p = points(name, frame); x.push(p[0]); y.push(p[1]); z.push(p[2]); });
    Plotly.restyle(plot, { x, y, z }, every.map((_, i) => i));
    strands.forEach((name) => {
      const at = look(name, frame);
      colour.push(coloured(at, data.lines[name][frame].length)); width.push(at.width); dash.push(at.dash);
    });
    Plotly.restyle(plot, { "line.color": colour, "line.width": width, "line.dash": dash }, strands.map((_, i) => bones.length + i));
    const loads = strands.map((name) => number(name, frame)).filter(Boolean);
    said.textContent = data.phase[frame] + " % of the stride: " + (loads.join("; ") || "both feet in the air, no load computed");
    slider.setAttribute("aria-valuetext", said.textContent);
  }
  function turn(eye) {
    angle = Math.atan2(eye[1], eye[0]);
    Plotly.relayout(plot, { "scene.camera.eye": { x: eye[0], y: eye[1], z: eye[2] } });
  }
  Plotly.newPlot(plot, [...bones.map(bone), ...strands.map(strand)], {
    margin: { l: 0, r: 0, t: 0, b: 0 }, height: 460, paper_bgcolor: "#ffffff",
    font: { family: "inherit", size: 12, color: "#22303c" },
    scene: { xaxis: axis(0), yaxis: axis(1), zaxis: axis(2), aspectmode: "data",
      camera: { eye: { x: eyes.slanted[0], y: eyes.slanted[1], z: eyes.slanted[2] }, projection: { type: "orthographic" } } },
  }, { displayModeBar: false, responsive: true, scrollZoom: false });
  slider.max = String(data.phase.length - 1);
  slider.value = String(Math.round(data.phase.length / 8));
  slider.addEventListener("input", () => show(Number(slider.value)));
  box.querySelectorAll("button[data-view]").forEach((button) =>
    button.addEventListener("click", () => turn(eyes[button.dataset.view])));
  box.querySelectorAll("button[data-turn]").forEach((button) =>
    button.addEventListener("click", () => {
      const next = angle + (Number(button.dataset.turn) * Math.PI) / 12;
      turn([far * Math.cos(next), far * Math.sin(next), 0.3]);
    }));
  box.hidden = false;
  show(Number(slider.value));
})();
