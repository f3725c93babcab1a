import { startDouble } from '../double'
import { pageScenes } from '../scenes/page'

pageScenes(startDouble)
