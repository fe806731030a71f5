// One connection for all tabs of a clinic: HTTP/1.1 allows six per host, and the seventh tab would hang.
import { isBehind } from "../lib/event-id.js";
import { openConnection } from "./connection.js";

const ports = new Set();
let connection = null;
let isUp = false;

function tellAll(message) {
  isUp = message.type !== "down";
  for (const port of ports) port.postMessage(message);
}

self.addEventListener("connect", ({ ports: [port] }) => {
  port.addEventListener("message", ({ data }) => {
    if (data.type === "leave") {
      ports.delete(port);
      if (ports.size === 0) {
        connection?.close();
        connection = null;
      }
      return;
    }
    if (data.type === "retry") {
      connection?.retry();
      return;
    }
    ports.add(port);
    if (!connection) {
      connection = openConnection({ since: data.since, tell: tellAll });
    } else if (isUp) {
      port.postMessage({ type: "up", id: connection.lastID });
      if (isBehind(data.since, connection.lastID)) port.postMessage({ type: "refresh", id: connection.lastID });
    }
  });
  port.start();
});
