package org.docs4j.cli.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EndSwitchTest {
  @Test
  void turnOn_twice_tellsListenersOnce() {
    EndSwitch end = new EndSwitch();
    List<String> told = new ArrayList<>();
    end.onEnd(() -> told.add("a"));
    assertFalse(end.isOn());

    end.turnOn();
    end.turnOn();

    assertTrue(end.isOn());
    assertEquals(List.of("a"), told);
  }

  @Test
  void onEnd_alreadyOn_tellsAtOnce() {
    EndSwitch end = new EndSwitch();
    List<String> told = new ArrayList<>();
    end.turnOn();

    end.onEnd(() -> told.add("late"));

    assertEquals(List.of("late"), told);
  }
}
