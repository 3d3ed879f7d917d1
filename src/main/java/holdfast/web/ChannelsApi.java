package holdfast.web;

import holdfast.report.ChannelLine;
import holdfast.report.ChannelReports;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;

/** How channels stand, for programs. */
@ApiController
class ChannelsApi {

  private final ChannelReports reports;

  ChannelsApi(ChannelReports reports) {
    this.reports = reports;
  }

  @Needs(Role.VIEWER)
  @GetMapping("/api/v1/channels")
  List<ChannelLine> channels() {
    return reports.lines();
  }
}
