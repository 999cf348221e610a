package edu.cumc.aou.simulator.salesforce.org;

import java.util.Locale;

/** The kinds of field that the simulated objects have. */
public enum FieldType {
  ID("tns:ID"),
  STRING("xsd:string"),
  /** A text that distinguishes upper and lower case, for an external id of that kind. */
  CASE_SENSITIVE_STRING("xsd:string"),
  TEXTAREA("xsd:string"),
  EMAIL("xsd:string"),
  PHONE("xsd:string"),
  URL("xsd:string"),
  PICKLIST("xsd:string"),
  /** Several values of a picklist, joined by semicolons. */
  MULTIPICKLIST("xsd:string"),
  REFERENCE("tns:ID"),
  BOOLEAN("xsd:boolean"),
  INT("xsd:int"),
  DOUBLE("xsd:double"),
  CURRENCY("xsd:double"),
  PERCENT("xsd:double"),
  DATE("xsd:date"),
  DATETIME("xsd:dateTime"),
  /** Several fields as one, read-only. */
  ADDRESS("urn:address");

  private final String soapType;

  FieldType(String soapType) {
    this.soapType = soapType;
  }

  public String soapType() {
    return soapType;
  }

  /** The name that describe shows. */
  public String wireName() {
    return (this == CASE_SENSITIVE_STRING ? STRING : this).name().toLowerCase(Locale.ROOT);
  }

  static FieldType of(String wireName) {
    return valueOf(wireName.toUpperCase(Locale.ROOT));
  }

  public boolean isText() {
    return switch (this) {
      case STRING, CASE_SENSITIVE_STRING, TEXTAREA, EMAIL, PHONE, URL, PICKLIST, MULTIPICKLIST ->
          true;
      default -> false;
    };
  }

  /** Whether two texts that differ in case are the same. */
  public boolean ignoresCase() {
    return isText() && this != CASE_SENSITIVE_STRING;
  }

  public boolean isPicklist() {
    return this == PICKLIST || this == MULTIPICKLIST;
  }

  public boolean isId() {
    return this == ID || this == REFERENCE;
  }

  public boolean isNumber() {
    return switch (this) {
      case INT, DOUBLE, CURRENCY, PERCENT -> true;
      default -> false;
    };
  }
}
