package org.docs4j.cli.output;

/**
 * Something that a command says, in both forms.
 *
 * @param json for programs
 * @param text for people, possibly several lines
 */
public record Message(Json json, String text) {}
