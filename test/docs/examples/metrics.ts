import { metricsOf, ResourceMonitor } from "watertight/lifecycle";

const metrics = metricsOf(new ResourceMonitor());

// A server answers GET /metrics with this text and `metrics.contentType`.
const text = await metrics.text();
console.log(text.match(/^# HELP .*$/gm)?.join("\n"));

metrics.stop();
