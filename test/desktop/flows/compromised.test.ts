import { startDouble } from '../double'
import { compromisedScenes } from '../scenes/compromised'

compromisedScenes(startDouble)
