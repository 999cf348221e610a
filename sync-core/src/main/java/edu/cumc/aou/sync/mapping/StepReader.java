package edu.cumc.aou.sync.mapping;

import edu.cumc.aou.sync.config.ConfigSection;
import edu.cumc.aou.sync.mapping.Step.Unknown;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Reads the steps of a field; the one key of each says what it does. */
final class StepReader {

  private final ConfigSection section;
  private final OwnTransforms own;
  private final Map<String, Function<String, Optional<Step>>> kinds = new LinkedHashMap<>();

  private StepReader(ConfigSection section, OwnTransforms own) {
    this.section = section;
    this.own = own;
    kinds.put("upper-case", key -> word(key, Step.Word.UPPER_CASE));
    kinds.put("lower-case", key -> word(key, Step.Word.LOWER_CASE));
    kinds.put("digits", key -> word(key, Step.Word.DIGITS));
    kinds.put("prefix", key -> section.written(key).map(text -> new Step.Affix(text, "")));
    kinds.put("suffix", key -> section.written(key).map(text -> new Step.Affix("", text)));
    kinds.put("default", key -> section.written(key).map(Step.Default::new));
    kinds.put("replace", this::replace);
    kinds.put("pattern", this::pattern);
    kinds.put("substring", this::substring);
    kinds.put("join", this::join);
    kinds.put("date", this::date);
    kinds.put("map", this::map);
    kinds.put("table", this::table);
    kinds.put("find", this::find);
    kinds.put("own", this::own);
  }

  /** All steps of a field, in order; what is wrong goes to the section's problems. */
  static List<Step> read(ConfigSection field, OwnTransforms own) {
    List<Step> steps = new ArrayList<>();
    for (ConfigSection item : field.items("steps")) {
      new StepReader(item, own).read().ifPresent(steps::add);
    }
    return steps;
  }

  private Optional<Step> read() {
    List<Map.Entry<String, Function<String, Optional<Step>>>> said =
        kinds.entrySet().stream().filter(e -> section.has(e.getKey())).toList();
    if (said.size() != 1) {
      kinds.keySet().forEach(section::passOver);
      section.wrong("a step says one of " + String.join(", ", kinds.keySet()));
      return Optional.empty();
    }
    Optional<Step> step = said.get(0).getValue().apply(said.get(0).getKey());
    section.done();
    return step;
  }

  private Optional<Step> word(String key, Step.Word word) {
    if (!section.word(key)) {
      section.problem(key, "expected true, or the word alone; to leave the step out, remove it");
    }
    return Optional.of(new Step.Plain(word));
  }

  private Optional<Step> replace(String key) {
    String by = section.written("by").orElse("");
    Optional<String> text = section.written(key);
    if (text.filter(String::isEmpty).isPresent()) {
      section.problem(key, "is empty; say which text to replace, or use prefix or suffix");
      return Optional.empty();
    }
    return text.map(t -> new Step.Replace(Pattern.compile(Pattern.quote(t)), by));
  }

  private Optional<Step> pattern(String key) {
    String by = section.written("by").orElse("");
    Optional<String> text = section.written(key);
    try {
      Optional<Pattern> pattern = text.map(Pattern::compile);
      if (!by.isEmpty() && pattern.filter(StepReader::fitsBetweenLetters).isPresent()) {
        section.problem(
            key,
            "fits the empty text, so that \"by\" would come between all letters; write + in the"
                + " place of *, or begin with ^");
        return Optional.empty();
      }
      return pattern.map(p -> new Step.Replace(p, by));
    } catch (PatternSyntaxException e) {
      section.problem(key, "is no regular expression of Java: " + e.getDescription());
      return Optional.empty();
    }
  }

  /** Tries the pattern on two characters that no site uses. */
  private static boolean fitsBetweenLetters(Pattern pattern) {
    List<MatchResult> fits = pattern.matcher("\uE000\uE000").results().toList();
    return fits.size() > 1 && fits.stream().anyMatch(fit -> fit.group().isEmpty());
  }

  private Optional<Step> substring(String key) {
    int from = section.integer(key, 1, 1, 1_000_000);
    int length = section.integer("length", 1_000_000, 1, 1_000_000);
    return Optional.of(new Step.Part(from, length));
  }

  private Optional<Step> join(String key) {
    List<String> columns = section.texts(key);
    if (columns.isEmpty() && !section.isWrong(key)) {
      section.problem(key, "expected a list of columns");
    }
    return Optional.of(new Step.Join(columns, section.written("with").orElse(" ")));
  }

  private Optional<Step> date(String key) {
    ConfigSection form = section.section(key);
    Optional<String> from = form.text("from");
    Optional<String> to = form.text("to");
    from.ifPresent(pattern -> checkForm(form, "from", pattern));
    to.ifPresent(pattern -> checkForm(form, "to", pattern));
    if (from.isEmpty() && to.isEmpty() && !section.isWrong(key)) {
      section.problem(key, "expected from, or to, or both: forms such as MM/dd/yyyy");
    }
    form.done();
    return Optional.of(new Step.DateForm(from.orElse(null), to.orElse(null)));
  }

  private static void checkForm(ConfigSection section, String key, String pattern) {
    try {
      String unused = DateForms.of(pattern).format(LocalDateTime.of(2026, 1, 31, 13, 5, 6));
      DateForms.trap(pattern, key.equals("from")).ifPresent(trap -> section.problem(key, trap));
    } catch (IllegalArgumentException | DateTimeException e) {
      section.problem(
          key, "expected a form of days or times such as yyyyMMdd, MM/dd/yyyy or d MMM yyyy HH:mm");
    }
  }

  private Optional<Step> map(String key) {
    Map<String, String> values = section.map(key);
    if (values.isEmpty() && !section.isWrong(key)) {
      section.problem(key, "expected values in braces, e.g. { M = Male, F = Female }");
    }
    if (Step.byAnyCase(values).size() < values.size()) {
      section.problem(key, "two of its values differ only in case, and case does not count");
    }
    return Optional.of(new Step.ValueMap(values, unknown()));
  }

  private Optional<Step> table(String key) {
    return Optional.of(
        new Step.TableMap(
            new Step.ValueTable(
                section.requiredText(key),
                section.requiredText("key"),
                section.requiredText("value")),
            unknown()));
  }

  private Optional<Step> find(String key) {
    String object = apiName(section, key);
    String field = apiName(section, "by");
    return Optional.of(new Step.Find(object, field));
  }

  static String apiName(ConfigSection section, String key) {
    String name = section.requiredText(key);
    if (!name.isEmpty() && !name.matches("[A-Za-z][A-Za-z0-9_]*")) {
      section.problem(key, "is not an API name of Salesforce");
    }
    return name;
  }

  private Unknown unknown() {
    return section.choice("unknown", Unknown.class, Unknown.REFUSE);
  }

  private Optional<Step> own(String key) {
    Map<String, String> settings = new TreeMap<>(section.map("with"));
    String name = section.requiredText(key);
    return name.isEmpty() ? Optional.empty() : own.step(name, settings, section);
  }
}
