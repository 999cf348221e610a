package edu.cumc.aou.simulator.source;

import java.util.List;
import java.util.stream.Stream;

/** What a participant is asked to do after consenting, in the usual order. */
enum Milestone {
  EHR(""),
  BASICS("Basics"),
  VISIT(""),
  HEALTH("Health"),
  LIFESTYLE("Lifestyle"),
  GROR(""),
  HIST("Hist"),
  MEDS("Meds"),
  FAMILY("Family"),
  ACCESS("Access");

  static final List<Milestone> ALL = List.of(values());
  static final List<Milestone> SURVEYS =
      ALL.stream().filter(step -> !step.heading.isEmpty()).toList();
  static final List<Milestone> REQUIRED_SURVEYS = List.of(BASICS, HEALTH, LIFESTYLE);

  private final String heading;

  Milestone(String heading) {
    this.heading = heading;
  }

  /** The stem of the survey's headings; empty if it is no survey. */
  String heading() {
    return heading;
  }

  static List<String> surveyHeadings() {
    return Stream.of(values()).map(Milestone::heading).filter(name -> !name.isEmpty()).toList();
  }
}
