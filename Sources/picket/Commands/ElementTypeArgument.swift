import ArgumentParser
import PicketExport

extension ElementType: ExpressibleByArgument {}
