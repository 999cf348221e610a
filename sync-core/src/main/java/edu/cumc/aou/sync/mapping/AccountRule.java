package edu.cumc.aou.sync.mapping;

import edu.cumc.aou.sync.config.ConfigSection;
import java.util.List;
import java.util.Optional;

/**
 * The Account of the Contacts. It is one for all, named by its id, or each Contact's own: then the
 * settings or a column of the source give the value of a field that identifies the Account.
 */
public final class AccountRule {

  private static final String FIELD = "AccountId";

  private AccountRule() {}

  /** Reads it from {@code contact}; empty after a problem. */
  public static Optional<FieldRule> read(ConfigSection contact) {
    ConfigSection account = contact.section("account");
    Optional<String> field = account.text("field");
    Optional<String> value = account.text("value");
    Optional<String> column = account.text("column");
    account.done();
    if (field.isEmpty() && value.isEmpty() && column.isEmpty()) {
      return byId(contact, contact.requiredText("account-id"));
    }
    if (contact.text("account-id").isPresent()) {
      contact.problem("account", "stands beside account-id; give only one of them");
    }
    if (field.isEmpty() || value.isPresent() == column.isPresent()) {
      contact.problem(
          "account",
          "needs the field of the Account, and a value or a column of the source; e.g. { field ="
              + " Site_Code__c, column = \"Paired Site_HP\" }");
      return Optional.empty();
    }
    if (!field.get().matches("[A-Za-z][A-Za-z0-9_]*")) {
      account.problem("field", "is not the API name of a Salesforce field");
    }
    return Optional.of(
        rule(
            column.map(List::of).orElse(List.of()),
            value.orElse(""),
            List.of(new Step.Find("Account", field.get()))));
  }

  private static Optional<FieldRule> byId(ConfigSection contact, String id) {
    if (id.isEmpty()) {
      return Optional.empty();
    }
    if (!id.matches("001[A-Za-z0-9]{12}([A-Za-z0-9]{3})?")) {
      contact.problem(
          "account-id",
          "expected the id of an Account: 15 or 18 letters and digits that begin with 001");
    }
    return Optional.of(rule(List.of(), id, List.of()));
  }

  private static FieldRule rule(List<String> columns, String constant, List<Step> steps) {
    return new FieldRule(
        FIELD,
        columns,
        List.of(),
        constant,
        steps,
        Transform.TEXT,
        FieldPolicy.NEVER_CLEAR,
        SourceKind.LOCAL,
        true,
        false,
        false);
  }
}
