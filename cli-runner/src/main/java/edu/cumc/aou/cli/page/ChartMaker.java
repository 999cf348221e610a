package edu.cumc.aou.cli.page;

import edu.cumc.aou.cli.page.Chart.Shape;
import edu.cumc.aou.cli.page.Chart.Text;
import edu.cumc.aou.cli.print.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;

/**
 * Draws charts of some runs, readable for two runs as for thirty. Few bars are wide and carry their
 * numbers; many are narrow, and only the newest and the highest carry theirs.
 */
final class ChartMaker {

  private static final int TOP = 24;
  private static final int BASE = 98;
  private static final int FEW = 8;
  private static final int WIDEST = 80;
  private static final int TEXT_WIDTH = 40;

  private static final double LITTLE = 0.05;

  /** A first load must not hide the days after it, so a bar this much higher is cut. */
  private static final int FAR = 4;

  private final List<PastRun> runs;
  private final String shown;
  private final double slot;

  /**
   * For these runs.
   *
   * @param runs at least one, the oldest first
   * @param shown the number of the run to highlight
   */
  ChartMaker(List<PastRun> runs, String shown) {
    this.runs = List.copyOf(runs);
    this.shown = shown;
    this.slot = Math.min(WIDEST, (double) Chart.WIDTH / runs.size());
  }

  /** A number that starts anew with each run. */
  Chart bars(String id, String title, ToLongFunction<PastRun> value, LongFunction<String> format) {
    long full = Math.max(1, fullHeight(value));
    List<Shape> shapes = new ArrayList<>();
    List<Integer> tops = new ArrayList<>();
    boolean cut = false;
    for (int i = 0; i < runs.size(); i++) {
      PastRun run = runs.get(i);
      long count = value.applyAsLong(run);
      boolean isCut = count > full;
      double share = Math.min(1, (double) count / full);
      double height = run.isStopped() || count == 0 ? 0 : Math.max(2, share * (BASE - TOP));
      tops.add((int) Math.round(BASE - height));
      if (run.isStopped()) {
        shapes.add(cross(i, run));
      } else {
        shapes.add(bar(i, height, run, format.apply(count)));
      }
      if (isCut && !run.isStopped()) {
        shapes.add(gap(i));
        cut = true;
      }
    }
    shapes.add(new Shape("base", "M0 " + BASE + ".5H" + Chart.WIDTH, ""));
    String words = words(value, format) + (cut ? " The highest bars are cut short." : "");
    return new Chart(id, title, words, shapes, texts(value, format, tops, full));
  }

  /** A number that lasts and only moves a little: the axis does not start at zero. */
  Chart level(String id, String title, ToLongFunction<PastRun> value, LongFunction<String> format) {
    List<Long> values = finished(value);
    long least = values.isEmpty() ? 0 : values.get(0);
    long most = values.isEmpty() ? 0 : values.get(values.size() - 1);
    // A change from 500 to 501 must not look like a leap.
    double span = Math.max((double) (most - least), Math.max(1.0, most * LITTLE));
    double bottom = ((double) most + least - span) / 2;
    List<Shape> shapes = new ArrayList<>();
    List<Integer> tops = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    List<Shape> dots = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      PastRun run = runs.get(i);
      if (run.isStopped()) {
        shapes.add(cross(i, run));
        tops.add(BASE);
        continue;
      }
      long count = value.applyAsLong(run);
      double share = (count - bottom) / span;
      double y = BASE - 14 - share * (BASE - 14 - TOP);
      tops.add((int) Math.round(y));
      line.append(line.isEmpty() ? "M" : "L").append(at(middle(i))).append(' ').append(at(y));
      dots.add(dot(middle(i), y, run, format.apply(count)));
    }
    shapes.add(0, new Shape("line", line.isEmpty() ? "M0 0" : line.toString(), ""));
    shapes.addAll(dots);
    return new Chart(id, title, words(value, format), shapes, texts(value, format, tops, most));
  }

  private long fullHeight(ToLongFunction<PastRun> value) {
    List<Long> some = finished(value).stream().filter(v -> v > 0).toList();
    if (some.isEmpty()) {
      return 0;
    }
    long usual = some.get((some.size() - 1) / 2);
    return runs.size() < 4
        ? some.get(some.size() - 1)
        : some.stream().filter(v -> v <= FAR * usual).reduce(0L, Math::max);
  }

  /** The numbers of all finished runs, ascending. */
  private List<Long> finished(ToLongFunction<PastRun> value) {
    return runs.stream().filter(r -> !r.isStopped()).map(value::applyAsLong).sorted().toList();
  }

  private String words(ToLongFunction<PastRun> value, LongFunction<String> format) {
    List<Long> values = finished(value);
    List<String> inOrder =
        runs.stream()
            .filter(r -> !r.isStopped())
            .map(r -> format.apply(value.applyAsLong(r)))
            .toList();
    long stopped = (long) runs.size() - values.size();
    String tail =
        stopped == 0 ? "" : " " + Words.count(stopped, "sync") + " came to nothing (crosses).";
    if (values.isEmpty()) {
      return "No sync came to its end yet." + tail;
    }
    String least = format.apply(values.get(0));
    String most = format.apply(values.get(values.size() - 1));
    String newest = inOrder.get(inOrder.size() - 1);
    String head =
        switch (values.size()) {
          case 1 -> "One sync: " + newest + ".";
          case 2 -> "Two syncs: " + inOrder.get(0) + ", then " + newest + ".";
          default ->
              least.equals(most)
                  ? Words.count(values.size(), "sync") + ": " + most + " each time."
                  : Words.count(values.size(), "sync")
                      + ": between "
                      + least
                      + " and "
                      + most
                      + ", usually "
                      + format.apply(values.get((values.size() - 1) / 2))
                      + "; the newest "
                      + newest
                      + ".";
        };
    return head + tail;
  }

  private List<Text> texts(
      ToLongFunction<PastRun> value, LongFunction<String> format, List<Integer> tops, long full) {
    List<Text> texts = new ArrayList<>();
    List<Integer> labelled = new ArrayList<>();
    for (int index : inOrderOfWeight(value, full)) {
      int x = (int) Math.round(middle(index));
      if (labelled.stream().noneMatch(other -> Math.abs(other - x) < TEXT_WIDTH)) {
        labelled.add(x);
        String text = Trends.brief(value.applyAsLong(runs.get(index)), format);
        int half = 1 + text.length() * 4;
        texts.add(
            new Text(
                isShown(runs.get(index)) ? "value strong" : "value",
                Math.min(Math.max(x, half), Chart.WIDTH - half),
                highestAround(index, tops) - 6,
                "middle",
                text));
      }
    }
    int last = runs.size() - 1;
    if (runs.size() <= FEW) {
      for (int i = 0; i <= last; i++) {
        texts.add(new Text("day", (int) middle(i), BASE + 17, "middle", runs.get(i).day()));
      }
    } else {
      texts.add(new Text("day", 0, BASE + 17, "start", runs.get(0).day()));
      texts.add(new Text("day", Chart.WIDTH, BASE + 17, "end", runs.get(last).day()));
    }
    return texts;
  }

  /** A number that is wider than its narrow bar must also clear the neighbours. */
  private int highestAround(int index, List<Integer> tops) {
    int reach = runs.size() <= FEW ? 0 : (int) Math.ceil(TEXT_WIDTH / 2.0 / slot);
    return tops
        .subList(Math.max(0, index - reach), Math.min(tops.size(), index + reach + 1))
        .stream()
        .min(Integer::compare)
        .orElse(BASE);
  }

  /** The runs to label, most important first, because there may be no room for all. */
  private List<Integer> inOrderOfWeight(ToLongFunction<PastRun> value, long full) {
    List<Integer> all = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      if (!runs.get(i).isStopped()) {
        all.add(i);
      }
    }
    if (runs.size() <= FEW || all.isEmpty()) {
      return all;
    }
    List<Integer> some = new ArrayList<>(List.of(all.get(all.size() - 1)));
    all.stream().filter(i -> isShown(runs.get(i))).forEach(some::add);
    all.stream().filter(i -> value.applyAsLong(runs.get(i)) > full).forEach(some::add);
    all.stream()
        .filter(i -> value.applyAsLong(runs.get(i)) == full)
        .findFirst()
        .ifPresent(some::add);
    return some;
  }

  private boolean isShown(PastRun run) {
    return run.number().equals(shown);
  }

  private double middle(int index) {
    return slot * (index + 0.5);
  }

  private double width() {
    return Math.min(slot * 0.72, 44);
  }

  private Shape bar(int index, double height, PastRun run, String value) {
    double left = middle(index) - width() / 2;
    return new Shape(
        style(run),
        "M" + at(left) + " " + BASE + "v" + at(-height) + "h" + at(width()) + "V" + BASE + "z",
        hint(run, value));
  }

  /** Marks where a much higher bar is cut. */
  private Shape gap(int index) {
    double left = middle(index) - width() / 2 - 1;
    String width = at(width() + 2);
    return new Shape("gap", "M" + at(left) + " 44l" + width + " -6v4l-" + width + " 6z", "");
  }

  private Shape cross(int index, PastRun run) {
    double half = Math.min(4, slot / 3);
    String size = at(2 * half);
    return new Shape(
        "cross",
        "M"
            + at(middle(index) - half)
            + " "
            + at(BASE - 3 - 2 * half)
            + "l"
            + size
            + " "
            + size
            + "m0 -"
            + size
            + "l-"
            + size
            + " "
            + size,
        hint(run, Words.lower(run.state())));
  }

  private Shape dot(double x, double y, PastRun run, String value) {
    double radius = isShown(run) ? 4 : Math.min(3, slot / 3);
    String r = at(radius);
    return new Shape(
        style(run),
        "M"
            + at(x - radius)
            + " "
            + at(y)
            + "a"
            + r
            + " "
            + r
            + " 0 1 0 "
            + at(2 * radius)
            + " 0"
            + "a"
            + r
            + " "
            + r
            + " 0 1 0 "
            + at(-2 * radius)
            + " 0",
        hint(run, value));
  }

  private String style(PastRun run) {
    return isShown(run) ? "shown" : run.isOpen() ? "open" : "past";
  }

  private static String hint(PastRun run, String value) {
    return "Run " + run.number() + ", " + run.day() + ": " + value;
  }

  private static String at(double number) {
    return String.format(Locale.ROOT, "%.1f", number);
  }
}
