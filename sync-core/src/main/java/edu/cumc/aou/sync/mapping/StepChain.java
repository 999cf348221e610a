package edu.cumc.aou.sync.mapping;

import edu.cumc.aou.sync.model.Cells;
import edu.cumc.aou.sync.model.SourceRow;
import edu.cumc.aou.sync.model.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The steps of a field, ready to run. As thread-safe as its tables. */
final class StepChain {

  private static final String REFUSED_BY_OWN = "refused-by-own";

  /** One step, ready to run. */
  @FunctionalInterface
  private interface Taken {
    /** Gives a text, or refuses it. */
    ReadValue take(String text, SourceRow row);
  }

  private final List<Step> steps;
  private final Cells cells;
  private final ValueTables tables;
  private final ParentIds parents;
  private final List<Taken> taken = new ArrayList<>();

  /**
   * {@code joined}: for each join, in order, its columns as the database spells them.
   *
   * @param tables reads a table when its first value is needed
   * @param parents asks Salesforce when the first record is needed
   */
  StepChain(
      List<Step> steps,
      List<List<String>> joined,
      Cells cells,
      ValueTables tables,
      ParentIds parents) {
    this.steps = List.copyOf(steps);
    this.cells = cells;
    this.tables = tables;
    this.parents = parents;
    int join = 0;
    for (Step step : steps) {
      taken.add(step instanceof Step.Join j ? joining(j, joined.get(join++)) : ready(step));
    }
  }

  boolean isEmpty() {
    return steps.isEmpty();
  }

  /** Runs all steps; the first refusal ends the chain. */
  ReadValue apply(String first, SourceRow row) {
    String text = Texts.trim(first);
    for (Taken step : taken) {
      ReadValue next = step.take(text, row);
      if (!(next instanceof ReadValue.Value value)) {
        return next;
      }
      text = Texts.trim(value.value().text());
    }
    return ReadValue.of(text);
  }

  /** The contents of the tables now: a changed row must reach everybody. */
  String contents() {
    StringBuilder contents = new StringBuilder();
    for (Step step : steps) {
      if (step instanceof Step.TableMap map) {
        contents.append(BoundMapping.sha256(new TreeMap<>(tables.of(map.table())).toString()));
      }
    }
    return contents.toString();
  }

  private Taken joining(Step.Join step, List<String> columns) {
    return (text, row) -> {
      List<String> parts = new ArrayList<>();
      parts.add(text);
      columns.forEach(column -> parts.add(cells.line(row, column)));
      parts.removeIf(String::isEmpty);
      return ReadValue.of(String.join(step.with(), parts));
    };
  }

  private Taken ready(Step step) {
    if (step instanceof Step.Default otherwise) {
      return (text, row) -> ReadValue.of(text.isEmpty() ? otherwise.text() : text);
    }
    if (step instanceof Step.Own own) {
      return (text, row) -> byOwn(own, text);
    }
    Taken plain = ofText(step);
    // A blank stays blank.
    return (text, row) -> text.isEmpty() ? ReadValue.of("") : plain.take(text, row);
  }

  /** A site's own transform that fails refuses the value, too; the fault is not this program's. */
  private static ReadValue byOwn(Step.Own own, String text) {
    try {
      return own.rule().apply(text).map(ReadValue::of).orElse(ReadValue.refused(REFUSED_BY_OWN));
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      return ReadValue.refused(REFUSED_BY_OWN);
    }
  }

  private Taken ofText(Step step) {
    if (step instanceof Step.Plain plain) {
      return (text, row) -> ReadValue.of(Step.byWord(plain.word(), text));
    }
    if (step instanceof Step.Affix affix) {
      return (text, row) -> ReadValue.of(affix.before() + text + affix.behind());
    }
    if (step instanceof Step.Replace replace) {
      return (text, row) -> replaced(replace, text);
    }
    if (step instanceof Step.Part part) {
      return (text, row) -> ReadValue.of(part(part, text));
    }
    if (step instanceof Step.DateForm form) {
      DateForms forms = new DateForms(form);
      return (text, row) ->
          forms.apply(Texts.line(text)).map(ReadValue::of).orElse(ReadValue.refused("not-in-form"));
    }
    if (step instanceof Step.ValueMap map) {
      return (text, row) -> mapped(map.values(), map.unknown(), text);
    }
    if (step instanceof Step.TableMap map) {
      return (text, row) -> mapped(tables.of(map.table()), map.unknown(), text);
    }
    if (step instanceof Step.Find find) {
      return (text, row) -> found(parents.of(find.object(), find.field(), Texts.line(text)));
    }
    throw new IllegalStateException("a step that nobody takes: " + step);
  }

  /** What a site's pattern makes of a text is no fault of this program either. */
  private static ReadValue replaced(Step.Replace replace, String text) {
    try {
      return ReadValue.of(PatternText.replaceAll(replace.what(), text, replace.by()));
    } catch (PatternText.TooSlowException | StackOverflowError e) {
      return ReadValue.refused("pattern-too-slow");
    }
  }

  private static ReadValue found(List<String> ids) {
    if (ids.size() > 1) {
      return ReadValue.refused("ambiguous-parent");
    }
    return ids.isEmpty() ? ReadValue.refused("unknown-parent") : ReadValue.of(ids.get(0));
  }

  /** Counts code points, so that no character is cut in two. */
  private static String part(Step.Part part, String text) {
    int characters = text.codePointCount(0, text.length());
    int from = Math.min(part.from() - 1, characters);
    int to = (int) Math.min((long) from + part.length(), characters);
    return text.substring(text.offsetByCodePoints(0, from), text.offsetByCodePoints(0, to));
  }

  private static ReadValue mapped(Map<String, String> values, Step.Unknown unknown, String text) {
    String key = Texts.line(text);
    Optional<String> found = Optional.ofNullable(values.get(key));
    return found
        .map(ReadValue::of)
        .orElseGet(
            () ->
                switch (unknown) {
                  case REFUSE -> ReadValue.refused("not-in-map");
                  case KEEP -> ReadValue.of(text);
                  case BLANK -> ReadValue.of("");
                });
  }
}
