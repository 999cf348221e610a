package edu.cumc.aou.sync.mapping;

import edu.cumc.aou.sync.config.ConfigProblems;
import edu.cumc.aou.sync.config.ConfigSection;
import edu.cumc.aou.sync.config.Similar;
import edu.cumc.aou.sync.model.FieldInfo;
import edu.cumc.aou.sync.model.FieldKind;
import edu.cumc.aou.sync.model.FindingCode;
import edu.cumc.aou.sync.model.ObjectInfo;
import edu.cumc.aou.sync.model.SalesforceIds;
import edu.cumc.aou.sync.port.SourceColumns;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The configured fields of one sObject. Immutable.
 *
 * @param section its section in the settings, e.g. {@code contact.fields}
 */
public record Mapping(String section, List<FieldRule> rules) {

  public Mapping {
    rules = List.copyOf(rules);
  }

  /**
   * Reads the fields of a section, without those that are {@code off} or null. A constant overrides
   * a column, and a column overrides columns, so that a file can replace what the default mapping
   * says. Two of them in one place are a problem.
   */
  public static Mapping read(
      ConfigSection fields, String section, FieldPolicy defaultPolicy, OwnTransforms own) {
    List<FieldRule> rules = new ArrayList<>();
    Map<String, String> spellings = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String field : fields.keys()) {
      String first = spellings.putIfAbsent(field, field);
      if (first != null) {
        fields.problem(
            field, "is the field " + first + ", in another case; map it once, in one spelling");
      } else if (fields.isOff(field)) {
        fields.passOver(field);
      } else {
        rules.add(readRule(field, fields.section(field), defaultPolicy, fields, own));
      }
    }
    fields.done();
    return new Mapping(section, rules);
  }

  /** The same for a site without transforms of its own. */
  public static Mapping read(ConfigSection fields, String section, FieldPolicy defaultPolicy) {
    return read(fields, section, defaultPolicy, OwnTransforms.none());
  }

  private static FieldRule readRule(
      String field,
      ConfigSection section,
      FieldPolicy defaultPolicy,
      ConfigSection parent,
      OwnTransforms own) {
    if (!field.matches("[A-Za-z][A-Za-z0-9_]*")) {
      parent.problem(field, "is not the API name of a Salesforce field");
    }
    List<String> several = section.texts("columns");
    List<String> columns = section.text("column").map(List::of).orElse(several);
    String constant = section.lines("constant").orElse("");
    if (section.has("column") && section.text("column").isEmpty() && constant.isEmpty()) {
      section.problem("column", "is empty; name a column, or set the field to off");
    }
    boolean ambiguous =
        section.inOnePlace("column", "constant")
            || (!several.isEmpty()
                && (section.inOnePlace("columns", "column")
                    || section.inOnePlace("columns", "constant")));
    if (ambiguous || (columns.isEmpty() && constant.isEmpty())) {
      parent.problem(
          field, "needs exactly one of: column, columns (the first that exists counts), constant");
    }
    FieldRule rule =
        new FieldRule(
            field,
            constant.isEmpty() ? columns : List.of(),
            section.texts("second-line"),
            constant,
            StepReader.read(section, own),
            section.choice("transform", Transform.class, Transform.TEXT),
            section.choice("policy", FieldPolicy.class, defaultPolicy),
            section.choice("source-kind", SourceKind.class, SourceKind.usual(field, columns)),
            section.flag("required", false),
            section.flag("optional", false),
            section.flag("not-future", false));
    section.done();
    return rule;
  }

  /** This mapping with one more field, unless it has that field already. */
  public Mapping and(FieldRule rule) {
    if (rules.stream().anyMatch(r -> r.field().equalsIgnoreCase(rule.field()))) {
      return this;
    }
    List<FieldRule> more = new ArrayList<>(rules);
    more.add(rule);
    return new Mapping(section, more);
  }

  /**
   * Finds every field in describe and every column in the source. A missing one becomes a problem
   * that names the nearest match; an optional field without columns is left out. A state goes where
   * the org keeps it, see {@link StateFields}.
   *
   * @param tables reads the value tables that steps name
   * @param parents finds the records that steps name
   */
  public List<BoundField> bind(
      SourceColumns source,
      ObjectInfo object,
      SourceReading reading,
      ValueTables tables,
      ParentIds parents,
      ConfigProblems problems) {
    List<BoundField> bound = new ArrayList<>();
    for (FieldRule rule : StateFields.of(object).place(rules)) {
      Optional<List<String>> columns = columns(rule, source, problems);
      if (columns.isEmpty()) {
        continue;
      }
      List<List<String>> joined = joined(rule, source, problems);
      if (rule.steps().isEmpty()
          && SalesforceIds.isMistyped(rule.constant())
          && object.field(rule.field()).filter(f -> f.kind() == FieldKind.REFERENCE).isPresent()) {
        problems.add(
            FindingCode.WRONG_SETTING,
            settingOf(rule),
            "the last three characters of the id do not fit the others, so it is mistyped; copy it"
                + " from Salesforce once more");
        continue;
      }
      field(rule, object, problems)
          .ifPresent(
              info ->
                  bound.add(
                      new BoundField(rule, columns.get(), info, reading, joined, tables, parents)));
    }
    return bound;
  }

  /** Binds for a source without value tables. */
  public List<BoundField> bind(
      SourceColumns source, ObjectInfo object, SourceReading reading, ConfigProblems problems) {
    return bind(source, object, reading, ValueTables.none(), ParentIds.none(), problems);
  }

  /** The setting that a constant of this rule comes from. */
  public String settingOf(FieldRule rule) {
    return rule.field().equals("AccountId") && section.equals("contact.fields")
        ? "contact.account-id"
        : section + "." + rule.field();
  }

  /** The optional fields for which the source has no column. */
  public List<FieldRule> leftOut(SourceColumns source) {
    return rules.stream()
        .filter(r -> r.optional() && r.constant().isEmpty())
        .filter(r -> firstThatExists(r.columns(), source).isEmpty())
        .toList();
  }

  private Optional<List<String>> columns(
      FieldRule rule, SourceColumns source, ConfigProblems problems) {
    if (!rule.constant().isEmpty()) {
      return Optional.of(List.of());
    }
    List<String> found = new ArrayList<>();
    firstThatExists(rule.columns(), source).ifPresent(found::add);
    if (found.isEmpty()) {
      if (!rule.optional()) {
        problems.add(
            FindingCode.NO_SUCH_COLUMN,
            section + "." + rule.field(),
            "the source has no column "
                + String.join(" or ", rule.columns())
                + Similar.hint(rule.columns(), freeFor(rule, source))
                + "; name the right one, or set the field to off");
      }
      return Optional.empty();
    }
    firstThatExists(rule.secondLine(), source).ifPresent(found::add);
    return Optional.of(found);
  }

  /** A column that feeds another field is not the one that was meant. */
  private List<String> freeFor(FieldRule rule, SourceColumns source) {
    List<String> taken =
        rules.stream()
            .filter(other -> !other.field().equals(rule.field()))
            .flatMap(other -> firstThatExists(other.columns(), source).stream())
            .toList();
    return source.names().stream().filter(name -> !taken.contains(name)).toList();
  }

  /** The columns of each join in the steps; a missing one is a problem. */
  private List<List<String>> joined(FieldRule rule, SourceColumns source, ConfigProblems problems) {
    List<List<String>> joined = new ArrayList<>();
    for (Step step : rule.steps()) {
      if (step instanceof Step.Join join) {
        List<String> found = new ArrayList<>();
        for (String column : join.columns()) {
          source
              .find(column)
              .ifPresentOrElse(
                  found::add,
                  () ->
                      problems.add(
                          FindingCode.NO_SUCH_COLUMN,
                          section + "." + rule.field() + ".steps",
                          "the source has no column "
                              + column
                              + Similar.hint(column, source.names())
                              + "; name the right one, or take it out of the join"));
        }
        joined.add(found);
      }
    }
    return joined;
  }

  private static Optional<String> firstThatExists(List<String> columns, SourceColumns source) {
    return columns.stream().flatMap(c -> source.find(c).stream()).findFirst();
  }

  private Optional<FieldInfo> field(FieldRule rule, ObjectInfo object, ConfigProblems problems) {
    String setting = section + "." + rule.field();
    Optional<FieldInfo> info = object.field(rule.field());
    if (info.isEmpty()) {
      List<String> names = object.fields().stream().map(f -> f.name().value()).toList();
      problems.add(
          FindingCode.NO_SUCH_FIELD,
          setting,
          "the sObject "
              + object.name()
              + " has no such field, or the Salesforce user may not see it"
              + Similar.hint(rule.field(), names)
              + "; correct the name, grant access, or set the field to off");
    } else if (!info.get().updateable()) {
      problems.add(
          FindingCode.NO_PERMISSION,
          setting,
          "the Salesforce user may not edit this field of "
              + object.name()
              + ", or nobody can, because it is a formula, a roll-up or an auto-number; grant access, or set the"
              + " field to off");
      return Optional.empty();
    }
    return info;
  }
}
