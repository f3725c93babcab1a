import { startDouble } from '../double'
import { menuScenes } from '../scenes/menu'

menuScenes(startDouble)
