import http from "k6/http";
import { check } from "k6";

export default function () {
  check(http.get(__ENV.URL), { "is there": ({ status }) => status === 200 });
}
