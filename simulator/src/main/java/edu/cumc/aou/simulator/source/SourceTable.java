package edu.cumc.aou.simulator.source;

import static edu.cumc.aou.simulator.source.SourceColumn.date;
import static edu.cumc.aou.simulator.source.SourceColumn.flag;
import static edu.cumc.aou.simulator.source.SourceColumn.moment;
import static edu.cumc.aou.simulator.source.SourceColumn.number;
import static edu.cumc.aou.simulator.source.SourceColumn.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A table of the source, its columns in order. Immutable. */
final class SourceTable {
  static final String PMI_ID = "PMI ID";
  static final String ROW_ID = "Row_Id";

  static final SourceTable HEALTHPRO = new SourceTable("healthpro", healthproColumns());

  static final SourceTable REDCAP =
      new SourceTable(
          "redcap",
          List.of(
              text("record_id", 64),
              text("pmi_id", 64),
              text("org", 50),
              text("aou_enroller", 32),
              text("spec_provider", 256),
              text("learn_aou", 64),
              text("learn_aou_other", 256),
              text("tech_asst", 64),
              text("tech_asst_other", 256),
              text("clinical_outreach_name", 256),
              number(ROW_ID)));

  private final String name;
  private final List<SourceColumn> columns;
  private final Map<String, Integer> positions = new HashMap<>();

  private SourceTable(String name, List<SourceColumn> columns) {
    this.name = name;
    this.columns = List.copyOf(columns);
    for (SourceColumn column : columns) {
      positions.put(column.name(), positions.size());
    }
  }

  String name() {
    return name;
  }

  List<SourceColumn> columns() {
    return columns;
  }

  /** The position of a column, counted from 0. */
  int position(String column) {
    Integer position = positions.get(column);
    if (position == null) {
      throw new IllegalArgumentException("Table dbo." + name + " has no column " + column);
    }
    return position;
  }

  /** The headings of the HealthPro export of 2019, in its order, then those added until 2021. */
  private static List<SourceColumn> healthproColumns() {
    List<SourceColumn> columns = new ArrayList<>();
    columns.add(text(PMI_ID, 64));
    columns.add(text("Biobank ID", 64));
    columns.add(text("Last Name", 256));
    columns.add(text("First Name", 256));
    columns.add(date("Date of Birth"));
    columns.add(text("Language", 32));
    columns.add(text("Participant Status", 28));
    for (String consent : List.of("General", "EHR", "CABoR")) {
      columns.add(flag(consent + " Consent Status"));
      columns.add(date(consent + " Consent Date"));
    }
    columns.add(flag("Withdrawal Status"));
    columns.add(date("Withdrawal Date"));
    columns.add(text("Street Address", 256));
    columns.add(text("City", 128));
    columns.add(text("State", 128));
    columns.add(text("ZIP", 32));
    columns.add(text("Email", 256));
    columns.add(text("Phone", 80));
    columns.add(text("Sex", 32));
    columns.add(text("Gender Identity", 32));
    columns.add(text("Race/Ethnicity", 64));
    columns.add(text("Education", 128));
    columns.add(flag("Required PPI Surveys Complete"));
    columns.add(text("Completed Surveys", 10));
    for (String survey : Milestone.surveyHeadings()) {
      columns.add(flag(survey + " PPI Survey Complete"));
      columns.add(date(survey + " PPI Survey Completion Date"));
    }
    columns.add(flag("Physical Measurements Status"));
    columns.add(date("Physical Measurements Completion Date"));
    columns.add(text("Paired Site", 50));
    columns.add(text("Paired Organization", 50));
    columns.add(text("Physical Measurements Site", 50));
    columns.add(flag("Samples for DNA Received"));
    columns.add(text("Biospecimens", 10));
    for (Tube tube : Tube.values()) {
      columns.add(flag(tube.heading() + " Collected"));
      columns.add(date(tube.heading() + " Collection Date"));
    }
    columns.add(text("Biospecimens Site", 50));
    columns.add(text("Withdrawal Reason", 256));
    columns.add(text("Language of General Consent", 32));
    columns.add(flag("DV-only EHR Sharing Status"));
    columns.add(date("DV-only EHR Sharing Date"));
    columns.add(text("Login Phone", 80));
    columns.add(text("Street Address2", 256));
    for (String status : List.of("Yes", "No", "No Access", "Unknown")) {
      columns.add(text("Patient Status: " + status, 256));
    }
    columns.add(flag("Deactivation Status"));
    columns.add(moment("Deactivation Date"));
    columns.add(flag("gRoR Consent Status"));
    columns.add(moment("gRoR Consent Date"));
    for (String month : List.of("May", "June", "July")) {
      columns.add(flag("COPE " + month + " PPI Survey Complete"));
      columns.add(moment("COPE " + month + " PPI Survey Completion Date"));
    }
    columns.add(flag("Deceased"));
    columns.add(date("Date of Death"));
    columns.add(moment("Date of Death Approval"));
    columns.add(number(ROW_ID));
    return columns;
  }
}
