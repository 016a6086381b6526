import ArgumentParser
import PicketExport

extension ElementType: @retroactive ExpressibleByArgument {}
