package holdfast.web;

import holdfast.incident.AlarmTests;
import holdfast.plan.Plans;
import holdfast.report.ChannelLine;
import holdfast.report.ChannelReports;
import java.security.Principal;
import java.util.List;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;

/** Whether the channels work, and the button that finds out. */
@PageController
@RequestMapping("/channels")
class ChannelsPages {

  private final ChannelReports reports;
  private final AlarmTests tests;
  private final Plans plans;

  ChannelsPages(ChannelReports reports, AlarmTests tests, Plans plans) {
    this.reports = reports;
    this.tests = tests;
    this.plans = plans;
  }

  @Needs(Role.VIEWER)
  @GetMapping
  String channels(Model model) {
    List<ChannelLine> lines = reports.lines();
    model.addAttribute("lines", lines);
    model.addAttribute("trouble", count(lines, ChannelLine.Standing.TROUBLE));
    model.addAttribute("works", count(lines, ChannelLine.Standing.WORKS));
    model.addAttribute("daily", plans.installation().alarmTest());
    model.addAttribute("tested", tests.channels());
    return "channels";
  }

  @Needs(Role.OPERATOR)
  @PostMapping("/test")
  String test(Principal caller) {
    tests.begin(caller.getName());
    return "redirect:/channels";
  }

  private static long count(List<ChannelLine> lines, ChannelLine.Standing standing) {
    return lines.stream().filter(line -> line.standing() == standing).count();
  }
}
