package edu.cumc.aou.sync.testing;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Personal data and secrets that were planted, to be looked for where none may be. Beside the
 * planted texts, whatever has the form of a PMI ID, a JDBC URL or a session of Salesforce is a
 * leak. Not thread-safe.
 */
public final class Canaries {

  /** What every planted text should hold, so that a part of one is found as well. */
  public static final String MARK = "CANARYQ";

  private static final Map<String, Pattern> FORMS =
      Map.of(
          "a planted text", Pattern.compile(MARK, Pattern.CASE_INSENSITIVE),
          "a PMI ID", Pattern.compile("P\\d{8,9}"),
          "a JDBC URL", Pattern.compile("jdbc:(h2|sqlserver):\\S"),
          "a session", Pattern.compile("00D[A-Za-z0-9]{12,15}(!|%21)"),
          "a private key", Pattern.compile("MII[A-Za-z0-9+/]{20}"));

  private final Map<String, String> planted = new LinkedHashMap<>();

  /**
   * Plants a text that is new each time and fits into 32 characters, e.g. {@code CANARYQlast0007}.
   */
  public String plant(String what) {
    String letters = what.replaceAll("[^A-Za-z]", "").toLowerCase(Locale.ROOT);
    String name = letters.substring(0, Math.min(letters.length(), 16));
    String text = MARK + name + String.format("%04d", planted.size());
    planted.put(text, what);
    return text;
  }

  /** Looks for a text that is there already, e.g. an id; short ones would be found by chance. */
  public void watch(String what, String text) {
    if (text.length() < 6) {
      throw new IllegalArgumentException("too short to be told from other text");
    }
    planted.put(text, what);
  }

  /** Looks for all of these. */
  public void watchAll(String what, Collection<String> texts) {
    texts.forEach(text -> watch(what, text));
  }

  /** Says of each leak what it is and where; empty if there is none. */
  public List<String> leaks(String where, String text) {
    List<String> leaks = new ArrayList<>();
    FORMS.forEach(
        (what, form) -> {
          var found = form.matcher(text);
          if (found.find()) {
            leaks.add(what + " in " + where + ": …" + around(text, found.start()) + "…");
          }
        });
    planted.forEach(
        (planted, what) -> {
          int at = text.indexOf(planted);
          if (at >= 0) {
            leaks.add(what + " in " + where + ": …" + around(text, at) + "…");
          }
        });
    return leaks;
  }

  private static String around(String text, int at) {
    return text.substring(Math.max(0, at - 120), Math.min(text.length(), at + 120));
  }

  /** All that an exception says: itself, its causes, and what was suppressed. */
  public static String everythingOf(Throwable failure) {
    StringWriter out = new StringWriter();
    failure.printStackTrace(new PrintWriter(out, true));
    return out.toString();
  }
}
