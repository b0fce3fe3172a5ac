// What is to happen, in order of time: a binary heap.

export class Queue {
  #heap = [];

  add(at, deed) {
    const heap = this.#heap;
    heap.push({ at, deed });
    for (let i = heap.length - 1; i > 0; ) {
      const up = (i - 1) >> 1;
      if (heap[up].at <= heap[i].at) break;
      [heap[up], heap[i]] = [heap[i], heap[up]];
      i = up;
    }
  }

  /** @param setNow is told the time before each deed */
  runTo(at, setNow) {
    while (this.#heap.length > 0 && this.#heap[0].at <= at) {
      const next = this.#take();
      setNow(next.at);
      next.deed();
    }
  }

  #take() {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (heap.length === 0) return first;
    heap[0] = last;
    for (let i = 0; ; ) {
      const [left, right] = [2 * i + 1, 2 * i + 2];
      let least = i;
      if (left < heap.length && heap[left].at < heap[least].at) least = left;
      if (right < heap.length && heap[right].at < heap[least].at) least = right;
      if (least === i) return first;
      [heap[least], heap[i]] = [heap[i], heap[least]];
      i = least;
    }
  }
}
