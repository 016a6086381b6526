import PicketReport

/// All results as one page that needs nothing else.
package enum ReportPage {
  /// The page.
  package static func html(_ results: [ProtocolResult]) -> String {
    var page = HTMLPage(title: "Picket: evaluation protocols")
    for result in results {
      page.section(result.run.name, "\(result.run.name). \(result.run.title)")
      for paragraph in result.paragraphs { page.paragraph(paragraph) }
      if let goals = result.goalTable {
        page.heading("Goals")
        page.table(goals)
      }
      for picture in result.pictures { page.figure(picture) }
      for experiment in result.run.experiments {
        guard let table = result.table(experiment) else { continue }
        page.heading(experiment.title)
        page.table(table)
        page.list(result.differences(experiment))
        if let seeds = result.seedTable(experiment) { page.details("Seed by seed", seeds) }
      }
    }
    return page.html
  }
}
