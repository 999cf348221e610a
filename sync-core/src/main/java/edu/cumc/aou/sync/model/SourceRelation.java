package edu.cumc.aou.sync.model;

/** The two tables or views that the participants are read from. */
public enum SourceRelation {
  CONTACTS,
  JOURNEYS
}
