package edu.cumc.aou.simulator.salesforce.org;

/**
 * What an administrator lets the integration user do with a field, and whether the field must have
 * a value. Not thread-safe: the org's lock guards it. Equality is identity.
 *
 * @since 0.2.0
 */
public final class FieldAccess {

  /** What a user may do with a field. */
  public enum Permission {
    /** The field does not exist for the user. */
    NONE,
    READ,
    EDIT
  }

  private Permission permission = Permission.EDIT;
  private boolean required;

  FieldAccess() {}

  void permit(Permission other) {
    permission = other;
  }

  void require(boolean now) {
    required = now;
  }

  /** Whether the integration user sees it. */
  public boolean maySee() {
    return permission != Permission.NONE;
  }

  /** Whether the integration user may change it. */
  public boolean mayEdit() {
    return permission == Permission.EDIT;
  }

  /** Whether it must have a value, for all users. */
  public boolean isRequired() {
    return required;
  }
}
