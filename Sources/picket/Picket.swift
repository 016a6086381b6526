import ArgumentParser
import TOMLKit
@main struct Picket: ParsableCommand { func run() throws { print(try TOMLTable(string: "a = 1").count) } }
