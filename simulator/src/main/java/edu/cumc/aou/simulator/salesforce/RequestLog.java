package edu.cumc.aou.simulator.salesforce;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What was asked of the simulator; remembers the last ones and counts them all. Thread-safe. */
final class RequestLog {
  private static final int REMEMBERED = 10_000;

  private final Deque<LoggedRequest> last = new ArrayDeque<>();
  private final Map<String, Integer> counts = new TreeMap<>();
  private int apiCalls;

  synchronized void add(LoggedRequest request, boolean counted) {
    if (last.size() == REMEMBERED) {
      last.removeFirst();
    }
    last.addLast(request);
    counts.merge(request.method() + " " + request.path(), 1, Integer::sum);
    if (counted) {
      apiCalls++;
    }
  }

  synchronized List<LoggedRequest> requests() {
    return List.copyOf(last);
  }

  synchronized Map<String, Integer> counts() {
    return Map.copyOf(counts);
  }

  synchronized int apiCalls() {
    return apiCalls;
  }

  synchronized void reset() {
    last.clear();
    counts.clear();
    apiCalls = 0;
  }
}
