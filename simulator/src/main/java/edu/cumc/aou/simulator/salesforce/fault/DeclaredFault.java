package edu.cumc.aou.simulator.salesforce.fault;

import edu.cumc.aou.simulator.salesforce.http.SalesforceSimulatorException;
import edu.cumc.aou.simulator.salesforce.org.Field;
import edu.cumc.aou.simulator.salesforce.org.JourneyFaults;
import edu.cumc.aou.simulator.salesforce.org.ObjectType;
import edu.cumc.aou.simulator.salesforce.org.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A fault stated in words rather than in Java: what goes wrong, with which requests, and with which
 * of them. Immutable.
 *
 * <pre>{@code
 * unavailable on PATCH /composite/sobjects/** nth=2 retry-after=30s
 * expired-session on GET /query every=10
 * reset-after on POST /sobjects/Contact probability=0.05 seed=7
 * refuse object=Contact field=HP_PMI_ID__c value=P000000001 code=STRING_TOO_LONG
 * rewrite set=Phone to=digits
 * journeys-late share=0.1 by=2h
 * }</pre>
 *
 * <p>A path is that below {@code /services/data/vNN.0}, or a whole one if it begins with {@code
 * /services} or {@code /id}; {@code *} stands for one part of it and {@code /**} for any number of
 * them. Without {@code on} all requests are meant, and without {@code nth}, {@code every}, {@code
 * from}, {@code to} or {@code probability} each of them.
 */
public final class DeclaredFault {
  private static final Pattern WORD =
      Pattern.compile("\\s*(?:([\\w-]+)=(?:'([^']*)'|(\\S*))|(\\S+))");
  private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE", "*");
  private static final String NAME = "fault";
  private static final String ON = "on";

  private final String text;
  private final NamedFault kind;
  private final FaultArguments arguments;
  private final String method;
  private final Pattern path;

  private DeclaredFault(String text, Map<String, String> given) {
    this.text = text;
    this.kind = kind(given.getOrDefault(NAME, ""));
    checkSettings(given);
    Map<String, String> all = new LinkedHashMap<>(kind.settings());
    all.putAll(given);
    this.arguments = new FaultArguments(kind.name(), all);
    String[] on = given.getOrDefault(ON, "* /**").strip().split("\\s+", -1);
    if (on.length != 2 || !METHODS.contains(on[0].toUpperCase(Locale.ROOT))) {
      throw new SalesforceSimulatorException(
          "The fault "
              + kind
              + ": 'on' takes a method (GET, POST, PUT, PATCH, DELETE or *) and a"
              + " path, such as: on PATCH /composite/sobjects/**");
    }
    this.method = on[0].toUpperCase(Locale.ROOT);
    this.path = glob(on[1]);
    if (kind.meetsRequests()) {
      Occurrence.of(kind.name(), arguments);
    }
    // Reports wrong settings now, and not at the first request.
    kind.fault(arguments);
    kind.recordFault(text, arguments);
    kind.addTo(JourneyFaults.NONE, arguments);
  }

  /**
   * Reads a fault from one line.
   *
   * @param line the name of the fault, then {@code on METHOD PATH} and {@code setting=value} in any
   *     order; a value with blanks stands between single quotes
   * @return the fault
   * @throws SalesforceSimulatorException if it cannot be understood; the message says why, and
   *     which faults or settings there are
   */
  public static DeclaredFault parse(String line) {
    Map<String, String> given = new LinkedHashMap<>();
    Matcher words = WORD.matcher(line.strip());
    while (words.lookingAt()) {
      String setting = words.group(1);
      String word = words.group(4);
      if (setting != null) {
        put(given, setting, words.group(2) == null ? words.group(3) : words.group(2));
      } else if (word.equals(ON)) {
        put(given, ON, "");
      } else if (!given.containsKey(NAME) && !given.containsKey(ON)) {
        given.put(NAME, word);
      } else if (given.containsKey(ON) && given.getOrDefault(ON, "").split(" ", -1).length < 2) {
        given.merge(ON, word, (method, path) -> (method + " " + path).strip());
      } else {
        throw new SalesforceSimulatorException(
            "The fault "
                + given.getOrDefault(NAME, "without a name")
                + ": '"
                + word
                + "' is neither a setting (name=value) nor part of 'on METHOD PATH'");
      }
      words.region(words.end(), words.regionEnd());
    }
    return new DeclaredFault(line.strip(), given);
  }

  /**
   * Reads a fault from its settings, as a configuration file has them.
   *
   * @param settings {@code fault} is its name, {@code on} method and path; the others as in {@link
   *     #parse}
   * @return the fault
   * @throws SalesforceSimulatorException if it cannot be understood
   */
  public static DeclaredFault of(Map<String, String> settings) {
    StringBuilder text = new StringBuilder(settings.getOrDefault(NAME, ""));
    settings.forEach(
        (name, value) -> {
          if (name.equals(ON)) {
            text.append(" on ").append(value);
          } else if (!name.equals(NAME)) {
            text.append(' ').append(name).append('=').append(value);
          }
        });
    return new DeclaredFault(text.toString(), settings);
  }

  private static void put(Map<String, String> given, String setting, String value) {
    if (given.put(setting, value) != null) {
      throw new SalesforceSimulatorException("A fault has '" + setting + "' twice");
    }
  }

  private static NamedFault kind(String name) {
    Optional<NamedFault> kind =
        NamedFault.all().stream().filter(one -> one.name().equals(name)).findFirst();
    return kind.orElseThrow(
        () ->
            new SalesforceSimulatorException(
                (name.isEmpty() ? "A fault has no name" : "There is no fault '" + name + "'")
                    + "; the faults are "
                    + NamedFault.all().stream()
                        .map(NamedFault::name)
                        .collect(Collectors.joining(", "))));
  }

  private void checkSettings(Map<String, String> given) {
    Set<String> known = new TreeSet<>(kind.settings().keySet());
    if (kind.meetsRequests()) {
      known.add(ON);
      known.addAll(Occurrence.SETTINGS);
    }
    for (String setting : given.keySet()) {
      if (!setting.equals(NAME) && !known.contains(setting)) {
        throw new SalesforceSimulatorException(
            "The fault "
                + kind
                + " has no '"
                + setting
                + "'; its settings are "
                + String.join(", ", known));
      }
    }
  }

  private static Pattern glob(String path) {
    if (!path.startsWith("/")) {
      throw new SalesforceSimulatorException(
          "A fault's path must begin with a slash, such as /query or /composite/sobjects/**");
    }
    StringBuilder regex = new StringBuilder();
    boolean whole = path.startsWith("/services") || path.startsWith("/id");
    if (!whole && !path.startsWith("/**")) {
      regex.append("/services/data/v[0-9.]+");
    }
    for (String part : path.substring(1).split("/", -1)) {
      if (part.equals("**")) {
        regex.append("(/.*)?");
      } else if (!part.isEmpty()) {
        String[] literals = part.split("\\*", -1);
        regex.append('/').append(Pattern.quote(literals[0]));
        for (int i = 1; i < literals.length; i++) {
          regex.append("[^/]*").append(Pattern.quote(literals[i]));
        }
      }
    }
    return Pattern.compile(regex.append("/?").toString(), Pattern.CASE_INSENSITIVE);
  }

  /**
   * Checks that the org has what the fault names.
   *
   * @throws SalesforceSimulatorException if the org lacks what it chooses, changes or blames
   */
  public void check(Schema schema) {
    if (!kind.settings().containsKey("object")) {
      return;
    }
    String object = arguments.text("object");
    ObjectType type =
        schema.type(object).orElseThrow(() -> unknown("There is no object '" + object + "'"));
    for (String setting : List.of("field", "set", "blames")) {
      for (String field : arguments.optional(setting).split("\\s*,\\s*", -1)) {
        if (!field.isEmpty() && type.field(field).isEmpty()) {
          throw unknown("There is no field '" + field + "' of " + type.name());
        }
        if (!setting.equals("blames")
            && type.field(field).filter(DeclaredFault::isEmpty).isPresent()) {
          throw unknown(
              "'"
                  + field
                  + "' of "
                  + type.name()
                  + " is a formula, which stays empty here, so a rule about its value would"
                  + " mislead; name the fields that it is made of");
        }
      }
    }
  }

  private static boolean isEmpty(Field field) {
    return field.filled().calculated();
  }

  private SalesforceSimulatorException unknown(String what) {
    return new SalesforceSimulatorException("The fault " + kind + ": " + what);
  }

  /** Whether it concerns the journeys that the org creates, rather than requests or records. */
  public boolean isOfJourneys() {
    return kind.isOfJourneys();
  }

  /** Adds the rule to a simulator's; does nothing for a fault of journeys. */
  public void addTo(Faults faults) {
    kind.recordFault(text, arguments).ifPresent(faults::add);
    kind.fault(arguments)
        .ifPresent(
            fault -> {
              IntPredicate occurrence = Occurrence.of(kind.name(), arguments);
              faults.add(text, method, path, occurrence, fault);
            });
  }

  /** Adds this fault to those of the automation. */
  public JourneyFaults addTo(JourneyFaults faults) {
    return kind.addTo(faults, arguments);
  }

  /**
   * The fault as it was stated.
   *
   * @return the line
   */
  @Override
  public String toString() {
    return text;
  }
}
