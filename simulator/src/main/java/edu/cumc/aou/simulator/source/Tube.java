package edu.cumc.aou.simulator.source;

import java.util.List;

/** The samples drawn at a visit, in the order of their headings. */
enum Tube {
  SST8("8 mL SST", false),
  PST8("8 mL PST", false),
  HEP4("4 mL Na-Hep", false),
  ED02("2 mL EDTA", false),
  ED04("4 mL EDTA", true),
  ED10("1st 10 mL EDTA", true),
  ED10_2("2nd 10 mL EDTA", true),
  CFD9("Cell-Free DNA", false),
  PXR2("Paxgene RNA", false),
  UR10("Urine 10 mL", false),
  UR90("Urine 90 mL", false),
  SAL("Saliva", true);

  static final List<Tube> ALL = List.of(values());

  private final String heading;
  private final boolean dna;

  Tube(String heading, boolean dna) {
    this.heading = heading;
    this.dna = dna;
  }

  String heading() {
    return heading;
  }

  boolean dna() {
    return dna;
  }
}
