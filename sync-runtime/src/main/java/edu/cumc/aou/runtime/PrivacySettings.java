package edu.cumc.aou.runtime;

import edu.cumc.aou.sync.config.ConfigSection;
import java.util.List;

/**
 * Who may see personal data. The result of a run is another matter: everybody who can read the
 * store may see counts, codes and field names.
 *
 * @param operators names of users of the operating system
 */
public record PrivacySettings(Values values, List<String> operators) {

  public PrivacySettings {
    operators = List.copyOf(operators);
  }

  /** Who sees personal data. */
  public enum Values {
    /** Everybody who asks, and can read the store. */
    ANYONE,
    /** Only the named operators. */
    OPERATOR_ONLY,
    /** Nobody. */
    NONE
  }

  /** Reads the section {@code privacy}. */
  public static PrivacySettings read(ConfigSection root) {
    ConfigSection section = root.section("privacy");
    PrivacySettings settings =
        new PrivacySettings(
            section.choice("values", Values.class, Values.ANYONE), section.texts("operators"));
    if (settings.values() == Values.OPERATOR_ONLY && settings.operators().isEmpty()) {
      section.problem(
          "operators",
          "values = operator-only shows personal data to the users in this list, and it is empty; name"
              + " users of the operating system, or set values = none");
    }
    section.done();
    return settings;
  }

  /** Windows writes names in any case, and people omit the domain. */
  private static boolean isSame(String operator, String user) {
    int domain = user.indexOf('\\');
    return operator.equals(user)
        || (domain >= 0
            && (operator.equalsIgnoreCase(user)
                || operator.equalsIgnoreCase(user.substring(domain + 1))));
  }

  /** Whether this user of the operating system may see personal data. */
  public boolean maySee(String user) {
    return switch (values) {
      case ANYONE -> true;
      case OPERATOR_ONLY -> operators.stream().anyMatch(o -> isSame(o, user));
      case NONE -> false;
    };
  }
}
